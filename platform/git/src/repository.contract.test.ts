import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, FILE_MODE, MemoryRepository, openRepository, type Repository } from './index.ts';

const WHO = { name: 'tester', email: 'tester@example.com', at: Date.UTC(2026, 0, 2, 3, 4, 5) };

interface Implementation {
  readonly name: string;
  open(folder: string): Promise<Repository>;
}

const IMPLEMENTATIONS: readonly Implementation[] = [
  {
    name: 'in a git directory',
    async open(folder) {
      await createRepository(folder);
      return openRepository(folder);
    },
  },
  { name: 'in memory', open: async () => new MemoryRepository() },
];

let folder: string;
let repository: Repository;

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

describe.each(IMPLEMENTATIONS)('a repository $name', ({ open }) => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-repository-'));
    repository = await open(join(folder, 'r.git'));
  });
  afterEach(async () => {
    await repository.close();
    await rm(folder, { recursive: true });
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

  it('gives the entries of a folder in one order, however they were written', async () => {
    const oid = repository.writeBlob('x');
    const names = ['b', 'a.b', 'a', 'a-b'];
    const tree = repository.writeTree(
      names.map((path) => ({ mode: FILE_MODE, type: 'blob', oid, path }) as const),
    );
    await repository.flush();
    const order = ['a', 'a-b', 'a.b', 'b'];
    expect((await repository.listTree(tree)).map(({ path }) => path)).toEqual(order);
  });

  it('gives every ref below a prefix and none beside it', async () => {
    const to = await commitFiles({ a: '1' });
    const names = ['refs/x/b', 'refs/x/a/c', 'refs/xy'];
    await repository.commitRefs(
      names.map((name) => create(name, to)),
      { reason: 'test' },
    );
    expect((await repository.listRefs('refs/x/')).map(({ name }) => name)).toEqual([
      'refs/x/a/c',
      'refs/x/b',
    ]);
  });

  it('makes nothing visible before it is flushed', async () => {
    const commit = await commitFiles({ a: '1' });
    expect(await repository.resolve(commit)).toBeUndefined();
    await repository.flush();
    expect(await repository.resolve(commit)).toBe(commit);
  });

  it('moves nothing when a ref that had to stay has moved', async () => {
    const [one, two] = [await commitFiles({ a: '1' }), await commitFiles({ a: '2' })];
    await repository.commitRefs([create('refs/heads/state', one)], { reason: 'test' });
    const stays = (ref: string, at: string | undefined) => ({ ref, from: at, to: at });
    const move = create('refs/heads/x', one);
    const refused = [stays('refs/heads/state', two), stays('refs/heads/state', undefined)];
    for (const update of refused) {
      await expect(repository.commitRefs([move, update], { reason: 'test' })).rejects.toMatchObject({
        name: 'RefConflictError',
      });
    }
    const held = [stays('refs/heads/state', one), stays('refs/heads/none', undefined)];
    await repository.commitRefs([move, ...held], { reason: 'test' });
    expect(await repository.resolve('refs/heads/x')).toBe(one);
    expect(await repository.resolve('refs/heads/none')).toBeUndefined();
  });

  it('remembers who moved a ref to a commit', async () => {
    const to = await commitFiles({ a: '1' });
    const identity = { name: 'dora', email: 'dora@example.com' };
    await repository.commitRefs([create('refs/heads/x', to)], { reason: 'test', identity });
    expect(await repository.whoMoved('refs/heads/x', to)).toBe('dora');
    expect(await repository.whoMoved('refs/heads/y', to)).toBeUndefined();
    expect(await repository.whoMoved('refs/heads/../../x', to)).toBeUndefined();
  });

  it('deletes a ref only from where it was expected', async () => {
    const [one, two] = [await commitFiles({ a: '1' }), await commitFiles({ a: '2' })];
    await repository.commitRefs([create('refs/heads/x', one)], { reason: 'test' });
    const remove = (from: string) => ({ ref: 'refs/heads/x', from, to: undefined });
    await expect(repository.commitRefs([remove(two)], { reason: 'test' })).rejects.toMatchObject({
      name: 'RefConflictError',
    });
    await repository.commitRefs([remove(one)], { reason: 'test' });
    expect(await repository.resolve('refs/heads/x')).toBeUndefined();
  });
});
