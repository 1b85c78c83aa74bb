import { asOption, type Command, outputOption } from '../command.ts';
import { printResult } from '../print/result.ts';
import { table } from '../print/table.ts';

export const audit: Command = {
  name: 'audit',
  summary: 'what people decided: requests, approvals, holds, freezes',
  parameters: [],
  options: {
    limit: { type: 'string', value: 'N', help: 'at most so many', default: '20' },
    ...asOption,
    ...outputOption,
  },
  async run(context, _positionals, values) {
    const entries = await (await context.promoter(values)).audit({ limit: values.limit as string });
    const rows = entries.map(({ at, by, subject, details }) => [
      at.replace('T', ' ').slice(0, 19),
      by,
      subject,
      details.Reason ?? details.Comment ?? '',
    ]);
    printResult(context.streams, values, entries, () => table(['AT', 'BY', 'WHAT', 'WHY'], rows));
    return 0;
  },
};
