import { InputError } from '@drydock/model';
import type { DecisionTarget } from '../client/promoter-client.ts';
import { asOption, type Command, type Option, type OptionValues, outputOption } from '../command.ts';
import { printResult } from '../print/result.ts';

interface Decision {
  readonly name: string;
  readonly summary: string;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly what: DecisionTarget['what'];
  readonly options?: Readonly<Record<string, Option>>;
  /** The body of the request, from the options. */
  readonly body?: (values: OptionValues) => object;
}

const release = {
  release: { type: 'string', value: 'REVISION', help: 'exactly this release' },
} as const satisfies Record<string, Option>;
const reason = {
  reason: { type: 'string', value: 'TEXT', help: 'why; kept in the audit log' },
} as const satisfies Record<string, Option>;

export const promote = onUnit({
  name: 'promote',
  summary: 'ask for the next release; its gates still decide',
  method: 'POST',
  what: 'promotions',
  options: release,
  body: pick('release'),
});

export const approve = onUnit({
  name: 'approve',
  summary: 'let the release that waits enter',
  method: 'POST',
  what: 'approvals',
  options: { ...release, comment: { type: 'string', value: 'TEXT', help: 'kept in the audit log' } },
  body: pick('release', 'comment'),
});

export const rollback = onUnit({
  name: 'rollback',
  summary: 'put an older release back and pin it until the hold is released',
  method: 'POST',
  what: 'rollbacks',
  options: { ...release, ...reason },
  body: pick('release', 'reason'),
});

export const hold = onUnit({
  name: 'hold',
  summary: 'pin a unit to what it has',
  method: 'PUT',
  what: 'hold',
  options: reason,
  body: (values) => ({ reason: values.reason ?? 'held at the command line' }),
});

export const releaseHold = onUnit({
  name: 'release-hold',
  summary: 'let a held unit move again',
  method: 'DELETE',
  what: 'hold',
});

export const freeze = onEnvironment({
  name: 'freeze',
  summary: 'close an environment to everything but rollbacks',
  method: 'PUT',
  what: 'freeze',
  options: { ...reason, until: { type: 'string', value: 'TIME', help: 'when it opens by itself, ISO 8601' } },
  body: (values) => ({ reason: values.reason ?? 'frozen at the command line', ...untilOf(values) }),
});

export const thaw = onEnvironment({
  name: 'thaw',
  summary: 'open a frozen environment',
  method: 'DELETE',
  what: 'freeze',
});

function onUnit(decision: Decision): Command {
  return command(decision, ['unit', 'environment'], ([unit, environment = '']) => ({
    unit,
    environment,
    what: decision.what,
  }));
}

function onEnvironment(decision: Decision): Command {
  return command(decision, ['environment'], ([environment = '']) => ({ environment, what: decision.what }));
}

function command(
  decision: Decision,
  parameters: readonly string[],
  target: (positionals: readonly string[]) => DecisionTarget,
): Command {
  const { name, summary, method, options = {}, body = () => ({}) } = decision;
  return {
    name,
    summary,
    parameters,
    options: { ...options, ...asOption, ...outputOption },
    async run(context, positionals, values) {
      const payload = body(values);
      const client = await context.promoter(values);
      const result = await client.decide(method, target(positionals), payload);
      printResult(context.streams, values, result, () => `${result.done}\n`);
      return 0;
    },
  };
}

function pick(...names: readonly string[]): (values: OptionValues) => object {
  return (values) =>
    Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

function untilOf({ until }: OptionValues): { readonly until?: string } {
  if (typeof until !== 'string') return {};
  const time = new Date(until);
  if (Number.isNaN(time.getTime()))
    throw new InputError(`--until: expected a time such as 2026-12-24T18:00:00Z, got "${until}"`);
  return { until: time.toISOString() };
}
