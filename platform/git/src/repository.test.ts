import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createRepository,
  FILE_MODE,
  formatTrailers,
  openRepository,
  parseTrailers,
  type Repository,
  runGit,
} from './index.ts';

const WHO = { name: 'tester', email: 'tester@example.com', at: Date.UTC(2026, 0, 2, 3, 4, 5) };

let folder: string;
let repository: Repository;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-git-'));
  await createRepository(join(folder, 'r.git'));
  repository = await openRepository(join(folder, 'r.git'));
});
afterEach(async () => {
  await repository.close();
  await rm(folder, { recursive: true });
});

async function commitFiles(files: Record<string, string>, parent?: string): Promise<string> {
  const edits = Object.entries(files).map(
    ([path, text]) => [path, { mode: FILE_MODE, oid: repository.writeBlob(text) }] as const,
  );
  const base = parent === undefined ? undefined : (await repository.readCommit(parent)).tree;
  const tree = await repository.editTree(base, new Map(edits));
  const parents = parent === undefined ? [] : [parent];
  return repository.writeCommit({ tree, parents, author: WHO, committer: WHO, message: 'a change\n' });
}

const create = (ref: string, to: string) => ({ ref, from: undefined, to });
const git = async (...args: string[]) =>
  (await runGit([`--git-dir=${repository.gitDir}`, ...args])).toString();

describe('Repository', () => {
  it('writes what git itself reads, and git finds no fault with it', async () => {
    const commit = await commitFiles({ 'a/b/c.txt': 'c', 'a.txt': 'a', 'a-b': 'x', 'ünïcode/€.txt': 'e' });
    await repository.commitRefs([create('refs/heads/main', commit)], { reason: 'test' });
    expect((await git('fsck', '--strict')).trim()).toBe('');
    expect(
      (await git('-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', 'main')).split('\n'),
    ).toEqual(['a-b', 'a.txt', 'a/b/c.txt', 'ünïcode/€.txt', '']);
  });

  it('stores many objects as one pack that git accepts', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`d${i % 7}/f${i}.txt`, `text ${'x'.repeat(i * 9)}`]),
    );
    const commit = await commitFiles(files);
    await repository.commitRefs([create('refs/heads/main', commit)], { reason: 'test' });
    expect((await git('fsck', '--strict')).trim()).toBe('');
    expect(await git('count-objects', '-v')).toMatch(/packs: 1/);
    expect((await repository.readFile('refs/heads/main:d6/f293.txt'))?.length).toBe(5 + 293 * 9);
  });

  it('reads back trees, files and commits', async () => {
    const commit = await commitFiles({ 'a/b.txt': 'b', 'c.txt': 'c' });
    await repository.flush();
    const entries = await repository.listTree(commit, { recursive: true });
    expect(entries.map((entry) => entry.path)).toEqual(['a/b.txt', 'c.txt']);
    expect((await repository.readBlobs(entries.map((entry) => entry.oid))).map(String)).toEqual(['b', 'c']);
    expect(await repository.readCommit(commit)).toMatchObject({
      parents: [],
      author: WHO,
      message: 'a change\n',
    });
  });

  it('keeps everything that an edit does not name, and drops folders that become empty', async () => {
    const first = await commitFiles({ 'a/b.txt': 'b', 'a/c.txt': 'c', 'd/e.txt': 'e' });
    const tree = (await repository.readCommit(first)).tree;
    const edited = await repository.editTree(
      tree,
      new Map([
        ['d/e.txt', undefined],
        ['a/c.txt', undefined],
      ]),
    );
    await repository.flush();
    expect((await repository.listTree(edited, { recursive: true })).map((entry) => entry.path)).toEqual([
      'a/b.txt',
    ]);
  });

  it.each(['../x', 'a/../x', '.git/config', 'a//b', ''])('refuses to write to the path %j', async (path) => {
    const edits = new Map([[path, { mode: FILE_MODE, oid: repository.writeBlob('x') }]]);
    await expect(repository.editTree(undefined, edits)).rejects.toThrow('not a path of a tree');
  });

  it('never takes a missing tree for an empty one', async () => {
    const edits = new Map([['x', { mode: FILE_MODE, oid: repository.writeBlob('x') }]]);
    await expect(repository.editTree('1'.repeat(40), edits)).rejects.toMatchObject({ name: 'GitError' });
  });

  it('answers undefined or nothing for what is not there', async () => {
    expect(await repository.resolve('refs/heads/none')).toBeUndefined();
    expect(await repository.listTree('refs/heads/none:x')).toEqual([]);
    expect(await repository.readFile('refs/heads/none:x\nHEAD')).toBeUndefined();
  });

  it('moves all refs or none', async () => {
    const [one, two] = [await commitFiles({ a: '1' }), await commitFiles({ a: '2' })];
    await repository.commitRefs([create('refs/heads/x', one)], { reason: 'test' });
    const moves = [
      { ref: 'refs/heads/new', from: undefined, to: two },
      { ref: 'refs/heads/x', from: two, to: one },
    ];
    await expect(repository.commitRefs(moves, { reason: 'test' })).rejects.toMatchObject({
      name: 'RefConflictError',
    });
    expect((await repository.listRefs('refs/')).map((ref) => ref.name)).toEqual(['refs/heads/x']);
  });

  it('lets exactly one of many racing writers win', async () => {
    const first = await commitFiles({ n: '0' });
    await repository.commitRefs([create('refs/heads/x', first)], { reason: 'test' });
    const racers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => commitFiles({ n: `${i + 1}` }, first)),
    );
    await repository.flush();
    const results = await Promise.allSettled(
      racers.map((to) =>
        repository.commitRefs([{ ref: 'refs/heads/x', from: first, to }], { reason: 'race' }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const lost = results.filter((result) => result.status === 'rejected').map((result) => result.reason.name);
    expect(new Set(lost)).toEqual(new Set(['RefConflictError']));
  });

  it.each(['-x', 'refs/heads/../x', 'refs/heads/a b', 'refs/heads/x.lock', 'refs/heads/x\n', 'heads/x'])(
    'refuses the ref name %j',
    async (ref) => {
      const to = await commitFiles({ a: '1' });
      await expect(repository.commitRefs([create(ref, to)], { reason: 'test' })).rejects.toThrow(
        'not a ref name',
      );
    },
  );
});

describe('trailers', () => {
  it('survive a round trip, and a value cannot start a new trailer', () => {
    const text = formatTrailers({ Unit: 'podinfo', Reason: 'x\nApproved-by: mallory', Empty: undefined });
    expect(parseTrailers(`subject\n\nbody\n\n${text}\n`)).toEqual({
      Unit: 'podinfo',
      Reason: 'x Approved-by: mallory',
    });
  });
});
