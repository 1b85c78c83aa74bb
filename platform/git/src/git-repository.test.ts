import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, FILE_MODE, openRepository, type Repository, runGit } from './index.ts';

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

describe('a repository in a git directory', () => {
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

  it('keeps many refs in one file', async () => {
    const commit = await commitFiles({ a: '1' });
    const names = Array.from({ length: 100 }, (_, index) => `refs/many/${index}`);
    await repository.commitRefs(
      names.map((name) => create(name, commit)),
      { reason: 'test' },
    );
    expect(await readFile(join(repository.gitDir, 'packed-refs'), 'utf8')).toContain('refs/many/99');
    expect((await repository.listRefs('refs/many/')).length).toBe(100);
    expect(await repository.resolve('refs/many/42')).toBe(commit);
  });

  it('leaves no trace of a ref that had only to stay where it is', async () => {
    const commit = await commitFiles({ a: '1' });
    await repository.commitRefs([create('refs/heads/main', commit)], { reason: 'test' });
    const before = await readFile(join(repository.gitDir, 'logs/refs/heads/main'), 'utf8');
    const other = create('refs/heads/other', commit);
    const stays = { ref: 'refs/heads/main', from: commit, to: commit };
    await repository.commitRefs([stays, other], { reason: 'test' });
    expect(await readFile(join(repository.gitDir, 'logs/refs/heads/main'), 'utf8')).toBe(before);
  });
});

describe('the lock that a killed process left on a ref', () => {
  async function leaveLock(name: string, age: number): Promise<string> {
    const lock = join(repository.gitDir, `${name}.lock`);
    await writeFile(lock, '');
    const then = new Date(Date.now() - age);
    await utimes(lock, then, then);
    return lock;
  }

  it.each(['refs/heads/x', 'HEAD'])('does not block for ever: %s', async (name) => {
    const [one, two] = [await commitFiles({ a: '1' }), await commitFiles({ a: '2' })];
    await repository.commitRefs([create('refs/heads/x', one), create('refs/heads/main', one)], {
      reason: 'test',
    });
    await leaveLock(name, 60_000);
    const moves = ['refs/heads/x', 'refs/heads/main'].map((ref) => ({ ref, from: one, to: two }));
    await repository.commitRefs(moves, { reason: 'test' });
    expect(await repository.resolve('refs/heads/x')).toBe(two);
  });

  it('is respected while its owner may be alive', async () => {
    const commit = await commitFiles({ a: '1' });
    const lock = await leaveLock('refs/heads/x', 0);
    await expect(
      repository.commitRefs([create('refs/heads/x', commit)], { reason: 'test' }),
    ).rejects.toMatchObject({ name: 'RefConflictError' });
    expect(await readFile(lock, 'utf8')).toBe('');
  });
});
