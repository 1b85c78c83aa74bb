import { setTimeout as sleep } from 'node:timers/promises';
import { folderSource, loadFleet } from '@drydock/model';
import { zxToolRunner } from '../tools/zx-tool-runner.ts';
import { KindProvider, type KindProviderOptions } from './kind-provider.ts';
import { loadKindProfile } from './load-profile.ts';
import { kindPaths } from './names.ts';
import type { Topology } from './profile.ts';

export interface OpenKindOptions extends Pick<KindProviderOptions, 'gitAddress' | 'preflight'> {
  /** Root of the repository, absolute. */
  readonly root: string;
  /** Name of a file in `scripts/kind`, without `.yaml`. @default "default" */
  readonly profile?: string | undefined;
  /** Instead of the profile's. */
  readonly topology?: Topology | undefined;
}

/** The Kind provider of a repository, with the real tools of this machine. */
export async function openKindProvider(options: OpenKindOptions): Promise<KindProvider> {
  const { root, gitAddress, preflight } = options;
  const [fleet, profile] = await Promise.all([
    loadFleet(folderSource(root)),
    loadKindProfile(root, options.profile ?? 'default'),
  ]);
  return new KindProvider({
    root,
    fleet,
    profile: options.topology === undefined ? profile : { ...profile, topology: options.topology },
    tools: zxToolRunner({ logs: kindPaths(root).logs, cwd: root }),
    clock: { now: () => performance.now(), sleep: async (milliseconds) => void (await sleep(milliseconds)) },
    gitAddress,
    preflight,
  });
}
