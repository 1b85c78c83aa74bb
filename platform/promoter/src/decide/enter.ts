import type { Environment } from '@drydock/model';
import type { Candidate } from './candidate.ts';
import type { DecisionInput } from './decision-input.ts';
import { countedApprovers } from './gates/approval-gate.ts';
import { evaluateGate } from './gates/evaluate-gate.ts';
import type { GateContext } from './gates/gate-context.ts';
import { latestOpening, type Place, verdictOf } from './place.ts';
import { queueGate } from './queue.ts';
import { nextStep, rolloutVerdict } from './rollout.ts';
import type { GateResult, Verdict } from './verdict.ts';

/** The verdict on a Release that is newer than what is here: it enters when all Gates are open. */
export function enter(input: DecisionInput, place: Place, candidate: Candidate): Verdict {
  const { environment } = place;
  const context = gateContext(input, place, candidate);
  const gates = [
    ...environment.gates.map((gate) => evaluateGate(gate, context)),
    ...[queueGate(input, place), requestGate(environment, context)].filter((gate) => gate !== undefined),
  ];
  const closed = gates.filter(({ phase }) => phase !== 'passed');
  const approvedBy = environment.gates.flatMap((gate) =>
    gate.type === 'approval' ? countedApprovers(gate, context) : [],
  );
  const requestedBy = context.request ?? candidate.release.requestedBy;
  const common = { candidate: candidate.release, gates, approvedBy, requestedBy };
  if (closed.length === 0)
    return { ...rolloutVerdict(place, nextStep(input, place, candidate.release)), ...common };
  return verdictOf(place, {
    ...common,
    action: 'wait',
    reasons: closed.map(({ type, reason }) => ({ code: 'gate', message: `${type}: ${reason}` })),
    opensAt: latestOpening(closed),
  });
}

function requestGate(environment: Environment, context: GateContext): GateResult | undefined {
  if (environment.promotion === 'auto') return undefined;
  if (context.request !== undefined)
    return { type: 'request', phase: 'passed', reason: `requested by ${context.request}` };
  const remedy = `drydock promote ${context.release.unit} ${environment.name}`;
  return { type: 'request', phase: 'pending', reason: `nobody has asked for it yet ("${remedy}")` };
}

function gateContext(
  input: DecisionInput,
  place: Place,
  { release, upstream, ancestors }: Candidate,
): GateContext {
  const environment = place.environment.name;
  const { state } = input;
  const request = state.requests.get(environment)?.get(place.unit);
  const asked = request?.release === release.id ? request.by : undefined;
  const override = state.overrides.get(environment)?.get(place.unit);
  return {
    environment,
    release,
    upstream,
    ancestors,
    approvals: state.approvals.get(environment)?.get(place.unit) ?? [],
    checks:
      state.checks
        .get(environment)
        ?.get(place.unit)
        ?.filter((report) => report.release === release.id) ?? [],
    facts: input.facts,
    request: asked,
    override: override?.release === release.id ? override : undefined,
    requesters: [...new Set([release.requestedBy, ...(asked === undefined ? [] : [asked])])],
    now: input.now,
  };
}
