import { releaseName } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import { newestRelease, type Place, verdictOf } from './place.ts';
import { assess, placementsOf } from './placement.ts';
import type { Verdict } from './verdict.ts';

/**
 * Where an Environment says `onFailure: rollback`: puts the former Release back on every cluster that has the failing
 * one, as soon as more clusters are degraded than the failure budget allows. The failing Release does not enter again.
 *
 * @returns undefined when there is nothing to put back
 */
export function automaticRollback(input: DecisionInput, place: Place): Verdict | undefined {
  const { environment, record, unit } = place;
  const failing = newestRelease(input, place);
  if (environment.onFailure !== 'rollback' || record === undefined || failing === undefined) return undefined;
  const having = Object.keys(record.clusters).filter(
    (cluster) => record.clusters[cluster]?.release === failing.id,
  );
  const failed = placementsOf(input, record, having)
    .map(assess)
    .filter(({ phase }) => phase === 'failed');
  if (failed.length <= environment.failureBudget) return undefined;
  const rejected = new Set(record.rejected.map(({ release }) => release));
  const former = input.releases
    .get(unit)
    ?.find(
      ({ id, sequence }) => sequence < failing.sequence && record.previous.includes(id) && !rejected.has(id),
    );
  if (former === undefined) return undefined;
  const why = failed[0]?.reason ?? 'degraded';
  return verdictOf(place, {
    action: 'promote',
    cause: 'rollback',
    candidate: former,
    clusters: having,
    requestedBy: 'drydock',
    rejects: { release: failing.id, reason: why },
    reasons: [
      { code: 'failed', message: `${releaseName(failing)} is ${why}; putting ${releaseName(former)} back` },
    ],
  });
}
