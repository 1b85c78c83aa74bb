import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folderSource } from './folder-source.ts';

it('lists files with their size, and symlinks as symlinks', async () => {
  const root = await mkdtemp(join(tmpdir(), 'drydock-source-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'clusters/dev'), { recursive: true });
  await writeFile(join(root, 'clusters/dev/cluster.yaml'), 'a: 1\n');
  await symlink('/etc/passwd', join(root, 'clusters/passwd.yaml'));
  const source = folderSource(root);
  expect(await source.list(['addons', 'clusters'])).toEqual([
    { path: 'clusters/dev/cluster.yaml', kind: 'file', size: 5 },
    { path: 'clusters/passwd.yaml', kind: 'symlink' },
  ]);
  const [content] = await source.read(['clusters/dev/cluster.yaml']);
  expect(new TextDecoder().decode(content)).toBe('a: 1\n');
});
