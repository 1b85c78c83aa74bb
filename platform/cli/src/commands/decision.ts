import { asOption, type Command, type Option, type OptionValues, outputOption } from '../command.ts';
import { printResult } from '../print/result.ts';

/** A decision that is one request to the promoter. */
export interface Decision {
  readonly name: string;
  readonly summary: string;
  readonly parameters: readonly string[];
  readonly options?: Readonly<Record<string, Option>>;
  /** The request that the arguments and options stand for. @throws InputError when they make no sense */
  request(positionals: readonly string[], values: OptionValues): DecisionRequest;
}

export interface DecisionRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

export const releaseOption = {
  release: { type: 'string', value: 'REVISION', help: 'exactly this release' },
} as const satisfies Record<string, Option>;

export const reasonOption = {
  reason: { type: 'string', value: 'TEXT', help: 'why; kept in the audit log' },
} as const satisfies Record<string, Option>;

/** The command that sends a decision and prints what was done. */
export function decisionCommand({ name, summary, parameters, options = {}, request }: Decision): Command {
  return {
    name,
    summary,
    parameters,
    options: { ...options, ...asOption, ...outputOption },
    async run(context, positionals, values) {
      const { method, path, body } = request(positionals, values);
      const client = await context.promoter(values);
      const result = await client.decide(method, path, body);
      printResult(context.streams, values, result, () => `${result.done}\n`);
      return 0;
    },
  };
}

/** The named options that were given. */
export function given(values: OptionValues, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
