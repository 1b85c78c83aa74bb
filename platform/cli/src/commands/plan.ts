import type { DiffView, VerdictView } from '@drydock/promoter';
import type { PromoterClient } from '../client/promoter-client.ts';
import { asOption, type Command, outputOption } from '../command.ts';
import { type Paint, painter } from '../print/paint.ts';
import { patchText } from '../print/patch.ts';
import { printResult } from '../print/result.ts';
import { verdictsText } from '../print/verdicts.ts';

export const plan: Command = {
  name: 'plan',
  summary: 'what the promoter would do now, and why; the same decision that it acts on',
  parameters: ['[unit]', '[environment]'],
  options: {
    diff: {
      type: 'boolean',
      help: 'also what each release that is next would change in the rendered manifests',
    },
    ...asOption,
    ...outputOption,
  },
  async run(context, [unit, environment], values) {
    const client = await context.promoter(values);
    const verdicts = await client.plan({ unit, environment });
    const diffs = values.diff === true ? await diffsOf(client, verdicts) : [];
    const paint = painter(context.streams.colour);
    const text = () =>
      verdictsText(verdicts, paint, Date.now()) + diffs.map((diff) => diffText(diff, paint)).join('');
    printResult(context.streams, values, values.diff === true ? { verdicts, diffs } : verdicts, text);
    return 0;
  },
};

function diffsOf(client: PromoterClient, verdicts: readonly VerdictView[]): Promise<readonly DiffView[]> {
  const moving = verdicts.filter(({ action, candidate }) => candidate !== undefined && action !== 'current');
  return Promise.all(
    moving.map(({ unit, environment, candidate }) => client.diff(unit, environment, candidate?.revision)),
  );
}

function diffText({ unit, environment, clusters }: DiffView, paint: Paint): string {
  const patches = clusters.map(({ patch }) => patchText(patch, paint)).join('');
  return `\n${paint('bold', `${unit} → ${environment}`)}\n${patches || 'changes nothing\n'}`;
}
