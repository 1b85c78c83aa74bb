import { type Environment, wavesOf } from '@drydock/model';
import type { UnitRecord } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import { affectedClusters, assessAll, isPlaced, placementsOf } from './placement.ts';
import type { GateResult } from './verdict.ts';

/** What the waves of an Environment allow next for a Release. */
export type Rollout =
  | { readonly state: 'settled' }
  | { readonly state: 'ready'; readonly wave: number; readonly clusters: readonly string[] }
  | { readonly state: 'waiting'; readonly wave: number; readonly gate: GateResult };

/**
 * The next step of a Release through the Waves of an Environment: the clusters of the first Wave that do not have it
 * yet, once every cluster of the Waves before is healthy with it.
 */
export function nextStep(
  input: DecisionInput,
  place: { readonly environment: Environment; readonly record: UnitRecord | undefined },
  release: Release,
): Rollout {
  const { environment, record } = place;
  const affected = affectedClusters(release, environment.name, record);
  const missing = affected.filter((cluster) => !isPlaced(release, environment.name, record, cluster));
  const waves = wavesOf(environment, affected);
  const wave = waves.findIndex((clusters) => clusters.some((cluster) => missing.includes(cluster)));
  if (wave < 0) return { state: 'settled' };
  const before = waves.slice(0, wave).flat();
  const health = assessAll(record === undefined ? [] : placementsOf(input, record, before));
  if (health.phase !== 'passed') {
    return { state: 'waiting', wave, gate: { type: 'wave', phase: health.phase, reason: health.reason } };
  }
  return {
    state: 'ready',
    wave,
    clusters: (waves[wave] ?? []).filter((cluster) => missing.includes(cluster)),
  };
}
