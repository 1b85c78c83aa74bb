import { WHOLE_FLEET } from '../state/state.ts';
import type { DecisionInput } from './decision-input.ts';
import { latestOpening } from './place.ts';
import type { Reason, Verdict } from './verdict.ts';

/** A frozen Environment takes nothing but rollbacks, and Releases that somebody has let through by name. */
export function closeWhenFrozen(input: DecisionInput, verdict: Verdict): Verdict {
  if (verdict.cause === 'rollback' || (verdict.action !== 'promote' && verdict.action !== 'wait'))
    return verdict;
  if (isOverridden(input, verdict)) return verdict;
  const freezes = [verdict.environment, WHOLE_FLEET].flatMap((name) => input.state.freezes.get(name) ?? []);
  const untilOf = (until: string | undefined) => (until === undefined ? undefined : Date.parse(until));
  const closed = freezes.filter(({ until }) => (untilOf(until) ?? Number.POSITIVE_INFINITY) > input.now);
  if (closed.length === 0) return verdict;
  const frozen = closed.map(
    ({ by, reason }): Reason => ({ code: 'freeze', message: `frozen by ${by}: ${reason}` }),
  );
  const openings = closed.map(({ until }) => ({ opensAt: untilOf(until) }));
  const waits = verdict.action === 'wait' ? [{ opensAt: verdict.opensAt }] : [];
  return {
    ...verdict,
    action: 'blocked',
    clusters: [],
    reasons: [...frozen, ...verdict.reasons.filter(({ code }) => code !== 'ready')],
    opensAt: latestOpening([...openings, ...waits]),
  };
}

function isOverridden({ state }: DecisionInput, { environment, unit, candidate }: Verdict): boolean {
  const override = state.overrides.get(environment)?.get(unit);
  return override !== undefined && override.release === candidate?.id;
}
