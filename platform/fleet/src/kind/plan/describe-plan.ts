import type { FleetPlan, PlannedCall, PlannedPhase } from '../../provider.ts';
import { commandLine } from '../../tools/command-line.ts';
import type { KindPlan } from './kind-plan.ts';
import { renderTemplate } from './render-call.ts';
import type { Call, Step } from './step.ts';

/** A plan as it is shown: every command line, with `%{name}` where a value is not known before. */
export function describePlan(fleet: string, { phases, foreign, problems, files }: KindPlan): FleetPlan {
  const described = phases.map(
    ({ id, title, steps }): PlannedPhase => ({ id, title, steps: steps.map(describeStep) }),
  );
  return { provider: 'kind', fleet, files, phases: described, problems: [...foreign, ...problems] };
}

function describeStep({ id, title, needs, unless, calls }: Step): PlannedPhase['steps'][number] {
  return {
    id,
    title,
    needs,
    calls: calls.map(describeCall),
    ...(unless !== undefined && { unless: commandLine(unless.command) }),
  };
}

function describeCall(call: Call): PlannedCall {
  const stdin = renderTemplate(call);
  return {
    command: commandLine(call),
    timeLimit: call.timeLimit,
    ...(call.when !== undefined && { when: commandLine(call.when.command) }),
    ...(call.capture !== undefined && { captures: call.capture.name }),
    ...(stdin !== undefined && { stdin }),
  };
}
