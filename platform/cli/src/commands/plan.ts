import { asOption, type Command, outputOption } from '../command.ts';
import { painter } from '../print/paint.ts';
import { printResult } from '../print/result.ts';
import { verdictsText } from '../print/verdicts.ts';

export const plan: Command = {
  name: 'plan',
  summary: 'what the promoter would do now, and why; the same decision that it acts on',
  parameters: ['[unit]', '[environment]'],
  options: { ...asOption, ...outputOption },
  async run(context, [unit, environment], values) {
    const verdicts = await (await context.promoter(values)).plan({ unit, environment });
    const paint = painter(context.streams.colour);
    printResult(context.streams, values, verdicts, () => verdictsText(verdicts, paint, Date.now()));
    return 0;
  },
};
