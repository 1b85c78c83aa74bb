import { type Environment, wavesOf } from '@drydock/model';
import type { Release } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import { type Place, verdictOf } from './place.ts';
import { affectedClusters, assess, isPlaced, placementsOf } from './placement.ts';
import type { GateResult, Verdict } from './verdict.ts';

/** What the waves of an Environment allow next for a Release. */
export type Rollout =
  | { readonly state: 'settled' }
  | { readonly state: 'ready'; readonly wave: number; readonly clusters: readonly string[] }
  | { readonly state: 'waiting'; readonly wave: number; readonly gate: GateResult };

type Site = Pick<Place, 'environment' | 'record'>;

/**
 * The next step of a Release through the Waves of an Environment: clusters of the first Wave that do not have it yet,
 * once every cluster of the Waves before is healthy with it, and no more of them at once than may be on their way.
 * Degraded clusters count against the failure budget; within it they do not keep the others waiting.
 */
export function nextStep(input: DecisionInput, site: Site, release: Release): Rollout {
  const { environment, record } = site;
  const affected = affectedClusters(release, environment.name, record);
  const missing = affected.filter((cluster) => !isPlaced(release, environment.name, record, cluster));
  const waves = wavesOf(environment, affected);
  const wave = waves.findIndex((clusters) => clusters.some((cluster) => missing.includes(cluster)));
  if (wave < 0) return { state: 'settled' };
  const clusters = waves[wave] ?? [];
  const placed = affected.filter((cluster) => !missing.includes(cluster));
  const wait = (gate: GateResult): Rollout => ({ state: 'waiting', wave, gate });
  const failed = unhealthy(input, site, placed).filter(({ phase }) => phase === 'failed');
  if (failed[0] !== undefined && failed.length > environment.failureBudget)
    return wait({ ...failed[0], type: 'wave' });
  const before = unhealthy(input, site, waves.slice(0, wave).flat()).find(({ phase }) => phase === 'pending');
  if (before !== undefined) return wait({ ...before, type: 'wave' });
  const inFlight = unhealthy(
    input,
    site,
    clusters.filter((cluster) => placed.includes(cluster)),
  );
  const free = atOnce(environment, clusters.length) - inFlight.length;
  const next = clusters.filter((cluster) => missing.includes(cluster)).slice(0, Math.max(free, 0));
  return next.length > 0
    ? { state: 'ready', wave, clusters: next }
    : wait({ ...firstOf(inFlight), type: 'wave' });
}

/** The verdict that a step of a rollout amounts to. */
export function rolloutVerdict(place: Place, step: Rollout): Verdict {
  switch (step.state) {
    case 'settled':
      return verdictOf(place, {
        action: 'current',
        reasons: [{ code: 'up-to-date', message: 'has reached every cluster' }],
      });
    case 'waiting': {
      const message = `wave ${step.wave + 1} waits: ${step.gate.reason}`;
      return verdictOf(place, { action: 'wait', gates: [step.gate], reasons: [{ code: 'wave', message }] });
    }
    case 'ready': {
      const message = `to ${step.clusters.join(', ')}`;
      return verdictOf(place, {
        action: 'promote',
        clusters: step.clusters,
        reasons: [{ code: 'ready', message }],
      });
    }
  }
}

function unhealthy(
  input: DecisionInput,
  { record }: Site,
  clusters: readonly string[],
): readonly Omit<GateResult, 'type'>[] {
  if (record === undefined) return [];
  const all = placementsOf(input, record, clusters).map(assess);
  return all.filter(({ phase }) => phase !== 'passed').map(({ phase, reason }) => ({ phase, reason }));
}

function atOnce({ maxUnavailable }: Environment, clusters: number): number {
  if (maxUnavailable === undefined) return clusters;
  if (typeof maxUnavailable === 'number') return maxUnavailable;
  return Math.ceil((clusters * Number.parseInt(maxUnavailable, 10)) / 100);
}

function firstOf(results: readonly Omit<GateResult, 'type'>[]): Omit<GateResult, 'type'> {
  return results[0] ?? { phase: 'pending', reason: 'other clusters are on their way' };
}
