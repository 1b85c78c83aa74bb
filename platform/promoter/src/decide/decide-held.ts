import type { Hold } from '../state/state.ts';
import type { Candidate } from './candidate.ts';
import type { DecisionInput } from './decision-input.ts';
import { type Place, verdictOf } from './place.ts';
import { affectedClusters, isPlaced } from './placement.ts';
import type { Reason, Verdict } from './verdict.ts';

/** A held Unit moves only to the Release it is pinned to, at once and on all clusters: that is a rollback. */
export function decideHeld(
  input: DecisionInput,
  place: Place,
  hold: Hold,
  candidate: Candidate | Reason,
): Verdict {
  const { unit, environment, record } = place;
  const reasons: readonly Reason[] = [{ code: 'hold', message: `held by ${hold.by}: ${hold.reason}` }];
  const pinned = input.releases.get(unit)?.find(({ id }) => id === hold.release);
  const affected = pinned === undefined ? [] : affectedClusters(pinned, environment.name, record);
  const missing = affected.filter(
    (cluster) => pinned && !isPlaced(pinned, environment.name, record, cluster),
  );
  if (missing.length === 0) {
    const waiting = 'code' in candidate ? undefined : candidate.release;
    return verdictOf(place, { action: 'blocked', candidate: waiting, reasons });
  }
  const rollback = { candidate: pinned, cause: 'rollback', clusters: missing, requestedBy: hold.by } as const;
  return verdictOf(place, { action: 'promote', reasons, ...rollback });
}
