import type { PlacedObservation } from '../delivery/observation.ts';
import type { ActiveRelease, UnitRecord } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import type { GatePhase } from './verdict.ts';

/** A Release on a cluster, and what is known of it there. */
export interface Placement {
  readonly cluster: string;
  readonly active: ActiveRelease;
  readonly observation: PlacedObservation | undefined;
}

/** Whether a placement is healthy at exactly the Release that was put there. */
export interface Assessment {
  readonly phase: GatePhase;
  readonly reason: string;
  /** Healthy since; only where the phase is `passed`. Milliseconds since the epoch. */
  readonly since?: number | undefined;
}

/** The placements of a Unit on some clusters of an Environment; a cluster without a record entry has none. */
export function placementsOf(
  input: DecisionInput,
  record: UnitRecord,
  clusters: readonly string[],
): readonly Placement[] {
  return clusters.flatMap((cluster) => {
    const active = record.clusters[cluster];
    const observation = input.observations.get(cluster)?.get(record.unit);
    return active === undefined ? [] : [{ cluster, active, observation }];
  });
}

/**
 * Judges one placement. Health counts only when it was observed at the commit that put the Release there, or a later
 * one that left it alone, and after that sync has finished. Unknown is closed.
 */
export function assess({ cluster, active, observation }: Placement): Assessment {
  if (observation === undefined) return pending(`${cluster} has not reported yet`);
  if (observation.promotion !== active.promotion) {
    const detail = observation.health === 'Unknown' && observation.message ? `: ${observation.message}` : '';
    return pending(`${cluster} has not synced ${active.revision.slice(0, 8)} yet${detail}`);
  }
  const why = observation.message === undefined ? '' : `: ${observation.message}`;
  if (observation.health === 'Degraded') return { phase: 'failed', reason: `degraded in ${cluster}${why}` };
  if (!observation.synced) return pending(`${cluster} is syncing ${active.revision.slice(0, 8)}${why}`);
  if (observation.health !== 'Healthy')
    return pending(`${observation.health.toLowerCase()} in ${cluster}${why}`);
  const since = Math.max(observation.since ?? 0, Date.parse(active.since));
  return { phase: 'passed', reason: `healthy in ${cluster}`, since };
}

/** The worst of several assessments: failed before pending before passed. `since` is the latest. */
export function assessAll(placements: readonly Placement[]): Assessment {
  const all = placements.map(assess);
  const worst = all.find(({ phase }) => phase === 'failed') ?? all.find(({ phase }) => phase === 'pending');
  if (worst !== undefined) return worst;
  if (all.length === 0) return { phase: 'passed', reason: 'nothing to be healthy' };
  const since = Math.max(...all.map((assessment) => assessment.since ?? 0));
  return {
    phase: 'passed',
    reason: `healthy in ${placements.map(({ cluster }) => cluster).join(', ')}`,
    since,
  };
}

/** The clusters of an Environment that a Release is to reach or to leave: its targets and where the Unit is now. */
export function affectedClusters(
  release: Release,
  environment: string,
  record: UnitRecord | undefined,
): readonly string[] {
  const names = [...(release.targets.get(environment) ?? []), ...Object.keys(record?.clusters ?? {})];
  return [...new Set(names)].sort();
}

/** Whether a cluster already is as a Release wants it: the Release is active there, or both agree on absence. */
export function isPlaced(
  release: Release,
  environment: string,
  record: UnitRecord | undefined,
  cluster: string,
): boolean {
  const wanted = release.targets.get(environment)?.includes(cluster) ?? false;
  const active = record?.clusters[cluster];
  return wanted ? active?.release === release.id : active === undefined;
}

/** Whether every affected cluster of an Environment is as a Release wants it. */
export function isSettled(release: Release, environment: string, record: UnitRecord | undefined): boolean {
  return affectedClusters(release, environment, record).every((cluster) =>
    isPlaced(release, environment, record, cluster),
  );
}

function pending(reason: string): Assessment {
  return { phase: 'pending', reason };
}
