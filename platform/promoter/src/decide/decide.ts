import type { Environment } from '@drydock/model';
import { type Release, releaseName } from '../releases/release.ts';
import { automaticRollback } from './automatic-rollback.ts';
import { type Candidate, findCandidate } from './candidate.ts';
import { closeWhenFrozen } from './close-when-frozen.ts';
import { decideHeld } from './decide-held.ts';
import type { DecisionInput } from './decision-input.ts';
import { enter } from './enter.ts';
import { newestActive, newestRelease, type Place, placeOf, verdictOf } from './place.ts';
import { holdSetsTogether } from './release-sets.ts';
import { nextStep, rolloutVerdict } from './rollout.ts';
import type { Reason, Verdict } from './verdict.ts';

/**
 * Decides for every Unit in every Environment what is to happen now. Pure: `plan` prints the result, the promoter
 * executes it, so the two cannot differ.
 */
export function decide(input: DecisionInput): readonly Verdict[] {
  const present = [...input.records.values()].flatMap((records) => [...records.keys()]);
  const units = [...new Set([...input.releases.keys(), ...present])].sort();
  const verdicts = units.flatMap((unit) =>
    input.environments.map((environment) => decideAlone(input, unit, environment)),
  );
  return holdSetsTogether(input, verdicts);
}

/** {@link decide} for one Unit in one Environment. */
export function decideUnit(input: DecisionInput, unit: string, environment: Environment): Verdict {
  const mine = (verdict: Verdict) => verdict.unit === unit && verdict.environment === environment.name;
  const isInSet = input.state.sets.some((set) => unit in set.units);
  const verdict = isInSet ? decide(input).find(mine) : undefined;
  return verdict ?? decideAlone(input, unit, environment);
}

/** The verdict on one place as if there were no sets. */
function decideAlone(input: DecisionInput, unit: string, environment: Environment): Verdict {
  const place = placeOf(input, unit, environment);
  const hold = input.state.holds.get(environment.name)?.get(unit);
  const candidate = findCandidate(input, unit, environment);
  if (hold !== undefined) return decideHeld(input, place, hold, candidate);
  const rollback = automaticRollback(input, place);
  if (rollback !== undefined) return rollback;
  const verdict =
    'code' in candidate ? withoutCandidate(input, place, candidate) : decideFree(input, place, candidate);
  return closeWhenFrozen(input, verdict);
}

function withoutCandidate(input: DecisionInput, place: Place, reason: Reason): Verdict {
  const rolling = releaseInProgress(input, place);
  if (rolling !== undefined) return continueRollout(input, place, rolling);
  return verdictOf(place, { action: reason.code === 'no-release' ? 'none' : 'wait', reasons: [reason] });
}

function decideFree(input: DecisionInput, place: Place, candidate: Candidate): Verdict {
  const { environment, record } = place;
  const { release } = candidate;
  const rolling = releaseInProgress(input, place);
  const current = newestActive(record);
  const rejected = record?.rejected.find((entry) => entry.release === release.id);
  if (record === undefined && !release.targets.has(environment.name)) {
    const message = `it targets no cluster of ${environment.name}`;
    return verdictOf(place, { action: 'none', reasons: [{ code: 'not-targeted', message }] });
  }
  if (rejected !== undefined) {
    const message = `${releaseName(release)} failed here and was put back: ${rejected.reason}; push a newer one`;
    return verdictOf(place, {
      action: 'blocked',
      candidate: release,
      reasons: [{ code: 'failed', message }],
    });
  }
  if (rolling !== undefined && (release.id === rolling.id || release.sequence < rolling.sequence)) {
    return continueRollout(input, place, rolling);
  }
  if (current !== undefined && release.sequence < current) {
    const message = `ahead of the environment before, which has ${releaseName(release)}`;
    return verdictOf(place, { action: 'current', reasons: [{ code: 'ahead', message }] });
  }
  if (current === release.sequence && rolling === undefined) {
    const message = `has ${releaseName(release)}`;
    return verdictOf(place, {
      action: 'current',
      candidate: release,
      reasons: [{ code: 'up-to-date', message }],
    });
  }
  const entry = enter(input, place, candidate);
  return entry.action !== 'promote' && rolling !== undefined ? continueRollout(input, place, rolling) : entry;
}

/** The newest Release of a Unit here, where some cluster does not have it yet. */
function releaseInProgress(input: DecisionInput, place: Place): Release | undefined {
  const release = newestRelease(input, place);
  return release !== undefined && nextStep(input, place, release).state !== 'settled' ? release : undefined;
}

/** A Release that has entered goes on to the next clusters; its Gates were open when it did. */
function continueRollout(input: DecisionInput, place: Place, release: Release): Verdict {
  const active = Object.values(place.record?.clusters ?? {}).find((entry) => entry.release === release.id);
  return {
    ...rolloutVerdict(place, nextStep(input, place, release)),
    candidate: release,
    requestedBy: active?.requestedBy ?? release.requestedBy,
    approvedBy: active?.approvedBy ?? [],
  };
}
