import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, openRepository, RemoteMirror, type Repository, runGit } from '../index.ts';

const WHO = { name: 'tester', email: 'tester@example.com', at: Date.UTC(2026, 0, 2) };
const DEV = 'refs/heads/env/dev';
const PROD = 'refs/heads/env/prod';

let folder: string;
let remote: string;
let opened: Repository[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-mirror-'));
  remote = join(folder, 'remote.git');
  opened = [];
  await createRepository(remote);
});
afterEach(async () => {
  for (const repository of opened) await repository.close();
  await rm(folder, { recursive: true });
});

async function replica(name: string) {
  const mirror = await RemoteMirror.open({ url: remote, gitDir: join(folder, `${name}.git`) });
  await mirror.pull();
  const repository = await openRepository(mirror.gitDir, { refs: mirror });
  opened.push(repository);
  return { mirror, repository };
}

const commit = async (repository: Repository, message: string, parents: readonly string[] = []) =>
  repository.writeCommit({
    tree: await repository.editTree(undefined, new Map()),
    parents,
    author: WHO,
    committer: WHO,
    message,
  });
const there = async (ref: string) =>
  (await runGit([`--git-dir=${remote}`, 'rev-parse', '--verify', '--quiet', ref], { accept: [0, 1] }))
    .toString()
    .trim();
const reason = { reason: 'test' };

describe('RemoteMirror', () => {
  it('moves refs there and here, and another copy sees them after a pull', async () => {
    const a = await replica('a');
    const b = await replica('b');
    const to = await commit(a.repository, 'one');
    await a.repository.commitRefs([{ ref: DEV, from: undefined, to }], reason);
    expect([await there(DEV), await a.repository.resolve(DEV)]).toEqual([to, to]);
    expect(await b.repository.resolve(DEV)).toBeUndefined();
    await b.mirror.pull();
    expect(await b.repository.resolve(DEV)).toBe(to);
  });

  it('moves nothing when one of the refs is somewhere else, and knows then where', async () => {
    const a = await replica('a');
    const b = await replica('b');
    const first = await commit(a.repository, 'of a');
    await a.repository.commitRefs([{ ref: DEV, from: undefined, to: first }], reason);
    const to = await commit(b.repository, 'of b');
    const both = [DEV, PROD].map((ref) => ({ ref, from: undefined, to }));
    await expect(b.repository.commitRefs(both, reason)).rejects.toMatchObject({ name: 'RefConflictError' });
    expect(await there(PROD)).toBe('');
    expect(await b.repository.resolve(PROD)).toBeUndefined();
    expect(await b.repository.resolve(DEV)).toBe(first);
  });

  it('moves nothing when a ref that has to stay has moved', async () => {
    const a = await replica('a');
    const state = await commit(a.repository, 'state');
    await a.repository.commitRefs([{ ref: 'refs/drydock/state', from: undefined, to: state }], reason);
    const b = await replica('b');
    const held = await commit(a.repository, 'a hold', [state]);
    await a.repository.commitRefs([{ ref: 'refs/drydock/state', from: state, to: held }], reason);
    const to = await commit(b.repository, 'decided without the hold');
    const updates = [
      { ref: DEV, from: undefined, to },
      { ref: 'refs/drydock/state', from: state, to: state },
    ];
    await expect(b.repository.commitRefs(updates, reason)).rejects.toMatchObject({
      name: 'RefConflictError',
    });
    expect(await there(DEV)).toBe('');
  });

  it('lets one of many that start from the same place win', async () => {
    const replicas = await Promise.all(['a', 'b', 'c', 'd'].map(replica));
    const results = await Promise.allSettled(
      replicas.map(async ({ repository }, index) => {
        const to = await commit(repository, `of ${index}`);
        await repository.commitRefs([{ ref: DEV, from: undefined, to }], reason);
        return to;
      }),
    );
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won.map(({ value }) => value)).toEqual([await there(DEV)]);
  });

  it('goes back where the ref went back, and drops what is gone', async () => {
    const a = await replica('a');
    const first = await commit(a.repository, 'one');
    const second = await commit(a.repository, 'two', [first]);
    const create = [DEV, PROD].map((ref) => ({ ref, from: undefined, to: second }));
    await a.repository.commitRefs(create, reason);
    await a.repository.commitRefs([{ ref: DEV, from: second, to: first }], reason);
    await a.repository.commitRefs([{ ref: PROD, from: second, to: undefined }], reason);
    const b = await replica('b');
    expect([await b.repository.resolve(DEV), await b.repository.resolve(PROD)]).toEqual([first, undefined]);
  });

  it('says what the other side refuses, and does not take it for a race', async () => {
    const a = await replica('a');
    await writeFile(join(remote, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const to = await commit(a.repository, 'one');
    await expect(a.repository.commitRefs([{ ref: DEV, from: undefined, to }], reason)).rejects.toMatchObject({
      name: 'GitError',
      message: expect.stringContaining('pre-receive hook declined'),
    });
    expect(await a.repository.resolve(DEV)).toBeUndefined();
  });

  it('says that the other side does not answer, and changes nothing here', async () => {
    const a = await replica('a');
    await rm(remote, { recursive: true });
    const to = await commit(a.repository, 'one');
    await expect(a.mirror.pull()).rejects.toMatchObject({ name: 'UnavailableError' });
    await expect(a.repository.commitRefs([{ ref: DEV, from: undefined, to }], reason)).rejects.toMatchObject({
      name: 'UnavailableError',
    });
    expect(await a.repository.resolve(DEV)).toBeUndefined();
  });

  it('goes on after a process was killed while it held locks here', async () => {
    const a = await replica('a');
    const first = await commit(a.repository, 'one');
    await a.repository.commitRefs([{ ref: DEV, from: undefined, to: first }], reason);
    const abandon = async () => {
      const lock = join(a.mirror.gitDir, `${DEV}.lock`);
      await writeFile(lock, '');
      await utimes(lock, 0, 0);
    };
    await abandon();
    const second = await commit(a.repository, 'two', [first]);
    await a.repository.commitRefs([{ ref: DEV, from: first, to: second }], reason);
    expect(await a.repository.resolve(DEV)).toBe(second);
    await abandon();
    const third = await commit(a.repository, 'three', [second]);
    await a.repository.flush();
    await runGit([`--git-dir=${a.mirror.gitDir}`, 'push', '--quiet', remote, `${third}:${DEV}`]);
    await a.mirror.pull();
    expect(await a.repository.resolve(DEV)).toBe(third);
  });

  it('writes no reflog, in which this process would stand as the one who pushed', async () => {
    const a = await replica('a');
    const to = await commit(a.repository, 'one');
    await a.repository.commitRefs([{ ref: 'refs/heads/main', from: undefined, to }], reason);
    await a.mirror.pull();
    const log = await runGit([`--git-dir=${a.mirror.gitDir}`, 'reflog', 'refs/heads/main']);
    expect(log.toString()).toBe('');
  });
});

describe('a remote that asks who is there', () => {
  it('gets the credential in a header, and nobody else does', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const mirror = await RemoteMirror.open({
      url: `http://127.0.0.1:${port}/fleet.git`,
      gitDir: join(folder, 'a.git'),
      credential: async () => ({ username: 'drydock', token: 'not to be seen' }),
    });
    const error = (await mirror.pull().catch((cause: unknown) => cause)) as Error;
    server.close();
    expect(error.name).toBe('UnavailableError');
    expect(`${error.message} ${error.cause}`).not.toMatch(/not to be seen|bm90IHRv/);
    expect(seen).toContain(`Basic ${Buffer.from('drydock:not to be seen').toString('base64')}`);
    expect(await readFile(join(mirror.gitDir, 'config'), 'utf8')).not.toContain('extraHeader');
  });
});
