import type { Environment } from '@drydock/model';
import type { UnitRecord } from '../environments/record.ts';
import { type Release, releaseName } from '../releases/release.ts';
import type { Hold } from '../state/state.ts';
import { type Candidate, findCandidate } from './candidate.ts';
import type { DecisionInput } from './decision-input.ts';
import { countedApprovers } from './gates/approval-gate.ts';
import { evaluateGate } from './gates/evaluate-gate.ts';
import type { GateContext } from './gates/gate-context.ts';
import { affectedClusters, isPlaced } from './placement.ts';
import { nextStep, type Rollout } from './rollout.ts';
import type { Reason, Verdict } from './verdict.ts';

/**
 * Decides for every Unit in every Environment what is to happen now. Pure: `plan` prints the result, the promoter
 * executes it, so the two cannot differ.
 */
export function decide(input: DecisionInput): readonly Verdict[] {
  const units = new Set([
    ...input.releases.keys(),
    ...[...input.records.values()].flatMap((records) => [...records.keys()]),
  ]);
  return [...units]
    .sort()
    .flatMap((unit) => input.environments.map((environment) => decideUnit(input, unit, environment)));
}

/** One Unit in one Environment, with what stands there now. */
interface Place {
  readonly unit: string;
  readonly environment: Environment;
  readonly record: UnitRecord | undefined;
}

/** {@link decide} for one Unit in one Environment. */
export function decideUnit(input: DecisionInput, unit: string, environment: Environment): Verdict {
  const place = { unit, environment, record: input.records.get(environment.name)?.get(unit) };
  const hold = input.state.holds.get(environment.name)?.get(unit);
  const candidate = findCandidate(input, unit, environment);
  if (hold !== undefined) return decideHeld(input, place, hold, candidate);
  const verdict =
    'code' in candidate ? withoutCandidate(input, place, candidate) : decideFree(input, place, candidate);
  return closeWhenFrozen(input, verdict);
}

/** A held Unit moves only to the Release it is pinned to, at once and on all clusters: that is a rollback. */
function decideHeld(input: DecisionInput, place: Place, hold: Hold, candidate: Candidate | Reason): Verdict {
  const { unit, environment, record } = place;
  const waiting = 'code' in candidate ? undefined : candidate.release;
  const why = `held by ${hold.by}: ${hold.reason}`;
  const pinned = input.releases.get(unit)?.find(({ id }) => id === hold.release);
  const missing =
    pinned === undefined
      ? []
      : affectedClusters(pinned, environment.name, record).filter(
          (cluster) => !isPlaced(pinned, environment.name, record, cluster),
        );
  if (pinned === undefined || missing.length === 0) {
    return verdictOf(place, {
      action: 'blocked',
      candidate: waiting,
      reasons: [{ code: 'hold', message: why }],
    });
  }
  return verdictOf(place, {
    action: 'promote',
    cause: 'rollback',
    candidate: pinned,
    clusters: missing,
    reasons: [{ code: 'hold', message: why }],
    requestedBy: hold.by,
  });
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
  if (record === undefined && !release.targets.has(environment.name)) {
    return verdictOf(place, {
      action: 'none',
      reasons: [{ code: 'not-targeted', message: `it targets no cluster of ${environment.name}` }],
    });
  }
  if (current !== undefined && release.sequence < current) {
    if (rolling !== undefined) return continueRollout(input, place, rolling);
    const message = `ahead of the environment before, which has ${releaseName(release)}`;
    return verdictOf(place, { action: 'current', reasons: [{ code: 'ahead', message }] });
  }
  if (rolling?.id === release.id) return continueRollout(input, place, rolling);
  if (current === release.sequence && rolling === undefined) {
    return verdictOf(place, {
      action: 'current',
      candidate: release,
      reasons: [{ code: 'up-to-date', message: `has ${releaseName(release)}` }],
    });
  }
  const entry = enter(input, place, candidate);
  return entry.action !== 'promote' && rolling !== undefined ? continueRollout(input, place, rolling) : entry;
}

/** The verdict on a Release that is newer than what is here: all Gates open, or which are not. */
function enter(input: DecisionInput, place: Place, candidate: Candidate): Verdict {
  const { environment } = place;
  const context = gateContext(input, place, candidate);
  const gates = environment.gates.map((gate) => evaluateGate(gate, context));
  const closed = gates.filter(({ phase }) => phase !== 'passed');
  const approvedBy = environment.gates.flatMap((gate) =>
    gate.type === 'approval' ? countedApprovers(gate, context) : [],
  );
  const requested = input.state.requests.get(environment.name)?.get(place.unit);
  const requestedBy =
    requested?.release === candidate.release.id ? requested.by : candidate.release.requestedBy;
  const common = { candidate: candidate.release, gates, approvedBy, requestedBy };
  if (closed.length === 0) {
    const step = nextStep(input, place, candidate.release);
    return { ...verdictOf(place, rolloutVerdict(step)), ...common };
  }
  return verdictOf(place, {
    ...common,
    action: 'wait',
    reasons: closed.map(({ type, reason }) => ({ code: 'gate', message: `${type}: ${reason}` })),
    opensAt: latestOpening(closed),
  });
}

function continueRollout(input: DecisionInput, place: Place, release: Release): Verdict {
  const active = Object.values(place.record?.clusters ?? {}).find((entry) => entry.release === release.id);
  const common = {
    candidate: release,
    requestedBy: active?.requestedBy ?? release.requestedBy,
    approvedBy: active?.approvedBy ?? [],
  };
  return { ...verdictOf(place, rolloutVerdict(nextStep(input, place, release))), ...common };
}

function rolloutVerdict(step: Rollout): Partial<Verdict> & Pick<Verdict, 'action' | 'reasons'> {
  switch (step.state) {
    case 'settled':
      return { action: 'current', reasons: [{ code: 'up-to-date', message: 'has reached every cluster' }] };
    case 'waiting': {
      const message = `wave ${step.wave + 1} waits: ${step.gate.reason}`;
      return { action: 'wait', gates: [step.gate], reasons: [{ code: 'wave', message }] };
    }
    case 'ready':
      return {
        action: 'promote',
        clusters: step.clusters,
        reasons: [{ code: 'ready', message: `to ${step.clusters.join(', ')}` }],
      };
  }
}

function gateContext(input: DecisionInput, place: Place, candidate: Candidate): GateContext {
  const environment = place.environment.name;
  const request = input.state.requests.get(environment)?.get(place.unit);
  const asked = request?.release === candidate.release.id ? [request.by] : [];
  return {
    environment,
    release: candidate.release,
    upstream: candidate.upstream,
    approvals: input.state.approvals.get(environment)?.get(place.unit) ?? [],
    requesters: [...new Set([candidate.release.requestedBy, ...asked])],
    now: input.now,
  };
}

/** A frozen Environment takes nothing but rollbacks, which never come through here. */
function closeWhenFrozen(input: DecisionInput, verdict: Verdict): Verdict {
  const freeze = input.state.freezes.get(verdict.environment);
  const until = freeze?.until === undefined ? undefined : Date.parse(freeze.until);
  const over = until !== undefined && until <= input.now;
  if (freeze === undefined || over || (verdict.action !== 'promote' && verdict.action !== 'wait'))
    return verdict;
  const reason: Reason = { code: 'freeze', message: `frozen by ${freeze.by}: ${freeze.reason}` };
  const opensAt =
    verdict.action === 'promote' ? until : latestOpening([{ opensAt: until }, { opensAt: verdict.opensAt }]);
  return {
    ...verdict,
    action: 'blocked',
    clusters: [],
    reasons: [reason, ...verdict.reasons.filter(({ code }) => code !== 'ready')],
    opensAt,
  };
}

/** The newest Release of a Unit here, where some cluster does not have it yet. */
function releaseInProgress(input: DecisionInput, place: Place): Release | undefined {
  const newest = newestActive(place.record);
  const release = input.releases.get(place.unit)?.find(({ sequence }) => sequence === newest);
  return release !== undefined && nextStep(input, place, release).state !== 'settled' ? release : undefined;
}

function newestActive(record: UnitRecord | undefined): number | undefined {
  const sequences = Object.values(record?.clusters ?? {}).map(({ sequence }) => sequence);
  return sequences.length === 0 ? undefined : Math.max(...sequences);
}

function latestOpening(gates: readonly { readonly opensAt?: number | undefined }[]): number | undefined {
  const times = gates.map(({ opensAt }) => opensAt);
  return times.every((time) => time !== undefined) ? Math.max(...times) : undefined;
}

function verdictOf(place: Place, verdict: Partial<Verdict> & Pick<Verdict, 'action' | 'reasons'>): Verdict {
  return {
    unit: place.unit,
    environment: place.environment.name,
    candidate: undefined,
    cause: 'promotion',
    clusters: [],
    gates: [],
    opensAt: undefined,
    requestedBy: '',
    approvedBy: [],
    ...verdict,
  };
}
