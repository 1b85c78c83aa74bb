import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '@drydock/git';
import { folderSource, loadFleet } from '@drydock/model';
import { EmbeddedProvider } from './embedded-provider.ts';
import { providerContract } from './provider-contract.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

providerContract('embedded', async () => {
  const root = await mkdtemp(join(tmpdir(), 'drydock-embedded-'));
  for (const entry of ['addons', 'clusters', 'workloads', 'platform', 'package.json', 'package-lock.json']) {
    await cp(join(ROOT, entry), join(root, entry), { recursive: true });
  }
  await symlink(await realpath(join(ROOT, 'node_modules')), join(root, 'node_modules'));
  const git = (...args: readonly string[]) =>
    runGit(['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'a fleet');
  const fleet = await loadFleet(folderSource(root));
  const provider = new EmbeddedProvider(root, fleet);
  return {
    provider,
    clusters: fleet.clusters.map(({ name }) => name),
    makes: true,
    async close() {
      await provider.down();
      await rm(root, { recursive: true, force: true });
    },
  };
});
