import { durationMilliseconds } from '@drydock/model';
import { releaseName } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import { newestRelease, type Place, placeOf } from './place.ts';
import { assessAll, placementsOf } from './placement.ts';
import type { GateResult } from './verdict.ts';

/**
 * With `mode: queue`, what the next Release waits for: that the one that is here has moved on to every Environment
 * after this one, has failed, or has stayed for `maxStay`. So a busy repository cannot starve the Environments after.
 *
 * @returns undefined when the next Release may come
 */
export function queueGate(input: DecisionInput, place: Place): GateResult | undefined {
  const { environment, record } = place;
  const here = newestRelease(input, place);
  if (environment.mode !== 'queue' || record === undefined || here === undefined) return undefined;
  const waiting = input.environments
    .filter(({ after, name }) => after.includes(environment.name) && here.targets.has(name))
    .filter(
      (next) => (newestRelease(input, placeOf(input, place.unit, next))?.sequence ?? 0) < here.sequence,
    );
  const failed = assessAll(placementsOf(input, record, Object.keys(record.clusters))).phase === 'failed';
  const opensAt =
    environment.maxStay === undefined ? undefined : stayEnds(record.clusters, environment.maxStay);
  if (waiting.length === 0 || failed || (opensAt !== undefined && opensAt <= input.now)) return undefined;
  const names = waiting.map(({ name }) => name).join(', ');
  return {
    type: 'queue',
    phase: 'pending',
    reason: `${releaseName(here)} has not moved on to ${names} yet`,
    opensAt,
  };
}

function stayEnds(clusters: Readonly<Record<string, { readonly since: string }>>, maxStay: string): number {
  const since = Object.values(clusters).map((active) => Date.parse(active.since));
  return Math.max(...since) + durationMilliseconds(maxStay);
}
