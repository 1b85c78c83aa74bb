import { asOption, type Command, outputOption } from '../command.ts';
import { painter } from '../print/paint.ts';
import { patchText } from '../print/patch.ts';
import { printResult } from '../print/result.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'what a promotion would change in the rendered manifests; exits with 1 when it changes something',
  parameters: ['unit', 'environment'],
  options: {
    release: { type: 'string', value: 'REVISION', help: 'instead of the release that is next' },
    ...asOption,
    ...outputOption,
  },
  async run(context, [unit = '', environment = ''], values) {
    const result = await (await context.promoter(values)).diff(
      unit,
      environment,
      values.release as string | undefined,
    );
    const paint = painter(context.streams.colour);
    printResult(context.streams, values, result, () =>
      result.clusters.map(({ patch }) => patchText(patch, paint)).join(''),
    );
    return result.clusters.some(({ patch }) => patch !== '') ? 1 : 0;
  },
};
