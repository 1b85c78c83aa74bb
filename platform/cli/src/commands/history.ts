import { asOption, type Command, outputOption } from '../command.ts';
import { painter } from '../print/paint.ts';
import { printResult } from '../print/result.ts';
import { table } from '../print/table.ts';

export const history: Command = {
  name: 'history',
  summary: 'what moved when, and who wanted and approved it',
  parameters: ['[unit]', '[environment]'],
  options: {
    limit: { type: 'string', value: 'N', help: 'at most so many', default: '20' },
    ...asOption,
    ...outputOption,
  },
  async run(context, [unit, environment], values) {
    const entries = await (await context.promoter(values)).history({
      unit,
      environment,
      limit: values.limit as string,
    });
    const paint = painter(context.streams.colour);
    const header = [
      'AT',
      'UNIT',
      'ENVIRONMENT',
      'RELEASE',
      'CLUSTERS',
      'CAUSE',
      'REQUESTED BY',
      'APPROVED BY',
    ];
    const rows = entries.map((entry) => [
      entry.at.replace('T', ' ').slice(0, 19),
      entry.unit,
      entry.environment,
      entry.revision.slice(0, 8),
      entry.clusters.join(', '),
      entry.cause === 'rollback' ? paint('yellow', entry.cause) : entry.cause,
      entry.requestedBy,
      entry.approvedBy.join(', ') || '–',
    ]);
    printResult(context.streams, values, entries, () => table(header, rows));
    return 0;
  },
};
