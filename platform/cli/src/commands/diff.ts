import { asOption, type Command, type CommandContext, type OptionValues, outputOption } from '../command.ts';
import { painter } from '../print/paint.ts';
import { patchText } from '../print/patch.ts';
import { printResult } from '../print/result.ts';
import { readFleet } from '../read-fleet.ts';
import { diffRevisions } from './diff-revisions.ts';

export const diff: Command = {
  name: 'diff',
  summary:
    'what a promotion would change, or what differs between two revisions of this clone; exits with 1 if anything does',
  parameters: ['unit|revision', 'environment|revision'],
  options: {
    release: { type: 'string', value: 'REVISION', help: 'instead of the release that is next' },
    ...asOption,
    ...outputOption,
  },
  async run(context, [first = '', second = ''], values) {
    const fleet = await readFleet(context.cwd).catch(() => undefined); // the clone may hold a half-done edit
    const isEnvironment = fleet?.environments.some(({ name }) => name === second) ?? true;
    if (isEnvironment) return diffPromotion(context, { unit: first, environment: second }, values);
    return diffRevisions(context, { from: first, to: second }, values);
  },
};

async function diffPromotion(
  context: CommandContext,
  { unit, environment }: { readonly unit: string; readonly environment: string },
  values: OptionValues,
): Promise<number> {
  const client = await context.promoter(values);
  const result = await client.diff(unit, environment, values.release as string | undefined);
  const paint = painter(context.streams.colour);
  printResult(context.streams, values, result, () =>
    result.clusters.map(({ patch }) => patchText(patch, paint)).join(''),
  );
  return result.clusters.some(({ patch }) => patch !== '') ? 1 : 0;
}
