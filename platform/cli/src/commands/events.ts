import { asOption, type Command, outputOption } from '../command.ts';
import { eventText } from '../print/event.ts';
import { painter } from '../print/paint.ts';

export const events: Command = {
  name: 'events',
  summary: 'follow what happens until Ctrl-C; with --output json one line of JSON each',
  parameters: [],
  options: {
    since: { type: 'string', value: 'N', help: 'from this event on; 0 for all that are kept', default: '0' },
    ...asOption,
    ...outputOption,
  },
  async run(context, _positionals, values) {
    const client = await context.promoter(values);
    const paint = painter(context.streams.colour);
    try {
      for await (const { id, event } of client.events(Number(values.since) || 0)) {
        context.streams.out(
          values.output === 'json' ? `${JSON.stringify({ id, ...event })}\n` : eventText(event, paint),
        );
      }
    } catch (error) {
      if (!context.signal.aborted) throw error;
    }
    return 0;
  },
};
