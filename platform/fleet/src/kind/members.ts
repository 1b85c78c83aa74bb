import { type Cluster, type FleetModel, InputError, type Problem } from '@drydock/model';
import type { ClusterOverride, KindProfile } from './profile.ts';

/** A cluster that is made, and where its Argo CD runs. */
export interface Member {
  readonly cluster: Cluster;
  /** The cluster whose Argo CD delivers to it; itself where each has its own. */
  readonly host: Cluster;
  readonly controlPlanes: number;
  readonly workers: number;
  readonly override: ClusterOverride;
}

const NOTHING: ClusterOverride = { nodeLabels: {}, ports: [] };

/**
 * The clusters that a profile makes of a fleet, in order of name.
 *
 * @throws InputError with everything in the profile that does not fit the fleet
 */
export function membersOf(fleet: FleetModel, profile: KindProfile): readonly Member[] {
  const problems = profileProblems(fleet, profile);
  if (problems.length > 0) {
    throw new InputError(`profile "${profile.name}" does not fit the fleet "${fleet.name}"`, { problems });
  }
  const clusters = fleet.clusters.filter((cluster) => isChosen(cluster, profile));
  const hub = clusters.find(({ role }) => role === 'hub');
  return clusters.map((cluster) => {
    const override = profile.overrides[cluster.name] ?? NOTHING;
    const host = profile.topology === 'hub-and-spoke' ? (hub ?? cluster) : cluster;
    const controlPlanes = override.controlPlanes ?? profile.controlPlanes;
    return { cluster, host, controlPlanes, workers: override.workers ?? profile.workers, override };
  });
}

function isChosen(cluster: Cluster, { clusters }: KindProfile): boolean {
  return clusters === undefined ? cluster.provider === 'kind' : clusters.includes(cluster.name);
}

function profileProblems(fleet: FleetModel, profile: KindProfile): readonly Problem[] {
  const file = `scripts/kind/${profile.name}.yaml`;
  const known = new Map(fleet.clusters.map((cluster) => [cluster.name, cluster]));
  const chosen = fleet.clusters.filter((cluster) => isChosen(cluster, profile));
  const named = [...(profile.clusters ?? []), ...Object.keys(profile.overrides)];
  const problems = named
    .filter((name) => !known.has(name))
    .map((name) => ({ file, message: `unknown cluster "${name}"` }));
  const foreign = chosen.filter(({ provider }) => provider !== 'kind');
  for (const { name, provider } of foreign) {
    problems.push({ file, message: `cluster "${name}" runs on "${provider}", not on kind` });
  }
  if (chosen.length === 0)
    problems.push({ file, message: 'expected at least one cluster of provider kind, got none' });
  if (profile.topology === 'standalone' && chosen.length > 1) {
    problems.push({ file, message: `topology standalone: expected one cluster, got ${chosen.length}` });
  }
  if (profile.topology === 'hub-and-spoke' && !chosen.some(({ role }) => role === 'hub')) {
    problems.push({ file, message: 'topology hub-and-spoke: expected the hub among the clusters' });
  }
  return problems;
}
