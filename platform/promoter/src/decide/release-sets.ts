import type { ReleaseSet } from '../state/state.ts';
import type { DecisionInput } from './decision-input.ts';
import { newestActive } from './place.ts';
import { isSettled } from './placement.ts';
import type { Verdict } from './verdict.ts';

/**
 * Makes sets all or nothing: where one Unit of a set cannot enter now, or is about to enter with another Release than
 * the set names, the others wait for it.
 */
export function holdSetsTogether(input: DecisionInput, verdicts: readonly Verdict[]): readonly Verdict[] {
  return input.state.sets.reduce(
    (all, set) =>
      set.environments.reduce((current, environment) => holdTogether(input, set, environment, current), all),
    verdicts,
  );
}

function holdTogether(
  input: DecisionInput,
  set: ReleaseSet,
  environment: string,
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  const members = verdicts.filter(({ unit, environment: name }) => name === environment && unit in set.units);
  const missing = members.filter((verdict) => !hasArrived(input, set, verdict));
  const late = missing.filter(
    (verdict) => verdict.action !== 'promote' || verdict.candidate?.id !== set.units[verdict.unit],
  );
  if (late.length === 0) return verdicts;
  const message = `set ${set.id} waits for ${late.map(({ unit }) => unit).join(', ')}; "drydock withdraw ${set.id}" dissolves it`;
  return verdicts.map((verdict) =>
    members.includes(verdict) && verdict.action === 'promote' && verdict.cause === 'promotion'
      ? { ...verdict, action: 'wait', clusters: [], reasons: [{ code: 'set', message }] }
      : verdict,
  );
}

/** A Unit that has the set's Release everywhere, or a newer one, has done its part. */
function hasArrived(input: DecisionInput, set: ReleaseSet, { unit, environment }: Verdict): boolean {
  const wanted = input.releases.get(unit)?.find(({ id }) => id === set.units[unit]);
  const record = input.records.get(environment)?.get(unit);
  if (wanted === undefined || record === undefined) return false;
  return isSettled(wanted, environment, record) || (newestActive(record) ?? 0) > wanted.sequence;
}
