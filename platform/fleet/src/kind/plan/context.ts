import type { AddonObjectsByName } from '@drydock/constructs';
import type { FleetModel } from '@drydock/model';
import type { Member } from '../members.ts';
import type { KindPaths, Owner } from '../names.ts';
import type { ObservedCluster } from '../observe.ts';
import type { KindProfile } from '../profile.ts';

/** Everything that a plan follows from. */
export interface PlanContext {
  readonly fleet: FleetModel;
  /** What addons bring beside their charts. */
  readonly addonObjects: AddonObjectsByName;
  readonly profile: KindProfile;
  readonly members: readonly Member[];
  readonly paths: KindPaths;
  readonly owner: Owner;
  /** What is there now, by cluster; missing: unknown, and taken for absent. */
  readonly observed: ReadonlyMap<string, ObservedCluster>;
  /** Address of this machine that the clusters reach. @default the gateway of Kind's docker network */
  readonly gitAddress?: string | undefined;
}

/** Clusters on which an Argo CD runs. */
export function hostsOf({ members }: PlanContext): readonly Member[] {
  return members.filter(
    ({ cluster, host }) => cluster === host && members.some((one) => one.host === cluster),
  );
}

/** The ids of steps that others wait for. */
export const ids = {
  tool: (tool: string) => `preflight/${tool}`,
  cluster: (cluster: string) => `clusters/${cluster}`,
  network: (cluster: string) => `network/${cluster}`,
  engine: (engine: 'argocd' | 'flux', cluster: string) => `engines/${engine}/${cluster}`,
  register: (cluster: string) => `register/${cluster}`,
  gitAddress: 'git/address',
  gitServer: 'git/server',
  git: (cluster: string) => `git/${cluster}`,
  root: (cluster: string) => `roots/${cluster}`,
} as const;
