import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, FILE_MODE, openRepository, type Repository } from '@drydock/git';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitRevisionSource } from './git-revision-source.ts';
import { ManifestStore } from './manifest-store.ts';

let folder: string;
let repository: Repository;
let store: ManifestStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-source-'));
  await createRepository(join(folder, 'r.git'));
  repository = await openRepository(join(folder, 'r.git'));
  store = new ManifestStore(new GitRevisionSource(repository));
});
afterEach(async () => {
  await repository.close();
  await rm(folder, { recursive: true });
});

async function commit(
  ref: string,
  files: Readonly<Record<string, string>>,
  mode = FILE_MODE,
): Promise<string> {
  const edits = Object.entries(files).map(
    ([path, text]) => [path, { mode, oid: repository.writeBlob(text) }] as const,
  );
  const who = { name: 'tester', email: 'tester@example.com', at: 0 };
  const tree = await repository.editTree(undefined, new Map(edits));
  const to = repository.writeCommit({ tree, parents: [], author: who, committer: who, message: 'x\n' });
  await repository.commitRefs([{ ref, from: await repository.resolve(ref), to }], { reason: 'test' });
  return to;
}

const request = { recurse: false, include: '', exclude: '' };
const manifest = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

describe('a git repository as a source of manifests', () => {
  it('resolves branches, tags, full refs and commits, and nothing else', async () => {
    const branch = await commit('refs/heads/env/dev', { 'a.yaml': manifest('a') });
    const tag = await commit('refs/tags/v1', { 'a.yaml': manifest('b') });
    expect(await store.resolve('env/dev')).toBe(branch);
    expect(await store.resolve('refs/heads/env/dev')).toBe(branch);
    expect(await store.resolve('v1')).toBe(tag);
    expect(await store.resolve(tag)).toBe(tag);
    for (const odd of ['nowhere', 'env/dev~1', 'env/dev\nHEAD', '../x', '-x', 'env/dev:a.yaml', 'HEAD@{1}']) {
      expect(await store.resolve(odd)).toBeUndefined();
    }
  });

  it('reads one folder, in it only or with everything below, by include and exclude', async () => {
    const id = await commit('refs/heads/main', {
      'app/a.yaml': manifest('a'),
      'app/b.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } }),
      'app/deep/c.yml': manifest('c'),
      'app/README.md': '# no manifest',
      'other/d.yaml': manifest('d'),
    });
    const load = async (options: object) => {
      const objects = await store.load({ ...request, commit: id, path: 'app', ...options });
      return objects.map((object) => object.metadata.name);
    };
    expect(await load({})).toEqual(['a', 'b']);
    expect(await load({ recurse: true })).toEqual(['a', 'b', 'c']);
    expect(await load({ include: '*.json' })).toEqual(['b']);
    expect(await load({ exclude: '{a,x}.yaml' })).toEqual(['b']);
    expect(await load({ path: './app/deep/' })).toEqual(['c']);
  });

  it('parses the same tree only once, whatever commit it is in', async () => {
    const one = await commit('refs/heads/main', { 'app/a.yaml': manifest('a'), 'x.yaml': manifest('x') });
    const two = await commit('refs/heads/main', { 'app/a.yaml': manifest('a'), 'x.yaml': manifest('y') });
    const load = (id: string) => store.load({ ...request, commit: id, path: 'app' });
    expect(await load(one)).toBe(await load(two));
  });

  it.each([
    ['a path that leads out', '../app', /leads out of the repository/],
    ['a path that does not exist', 'nowhere', /^nowhere: app path does not exist$/],
    ['a chart', 'chart', /Chart.yaml asks for Helm/],
    ['a kustomization', 'overlay', /kustomization.yaml asks for Kustomize/],
  ])('refuses %s', async (_, path, message) => {
    const id = await commit('refs/heads/main', {
      'app/a.yaml': manifest('a'),
      'chart/Chart.yaml': 'name: x',
      'overlay/kustomization.yaml': 'resources: []',
    });
    await expect(store.load({ ...request, commit: id, path })).rejects.toThrow(message);
  });

  it('refuses symbolic links', async () => {
    const id = await commit('refs/heads/main', { 'app/a.yaml': '../secret.yaml' }, '120000');
    await expect(store.load({ ...request, commit: id, path: 'app' })).rejects.toThrow(
      /app\/a.yaml is a symlink/,
    );
  });
});
