import type { MatrixView } from '@drydock/promoter';
import type { PromoterClient } from '../client/promoter-client.ts';
import { asOption, type Command, type CommandContext, type OptionValues, outputOption } from '../command.ts';
import { matrixText } from '../print/matrix.ts';
import { painter } from '../print/paint.ts';
import { printResult } from '../print/result.ts';
import { Screen } from '../print/screen.ts';

/** Milliseconds between redraws when nothing happens, so that countdowns move. */
const TICK = 1_000;

export const status: Command = {
  name: 'status',
  summary: 'what is where, and what waits for what',
  parameters: ['[unit]'],
  options: {
    watch: { type: 'boolean', short: 'w', help: 'follow it until Ctrl-C' },
    team: { type: 'string', value: 'TEAM', help: 'only the units of this team' },
    ...asOption,
    ...outputOption,
  },
  async run(context, [unit], values) {
    const client = await context.promoter(values);
    const read = () => client.matrix({ team: values.team as string | undefined, search: unit });
    if (unit !== undefined && (await read()).total === 0) await client.unit(unit); // says that there is none, and which there are
    if (values.watch === true) return watch(context, client, read);
    show(context, values, await read());
    return 0;
  },
};

function show({ streams }: CommandContext, values: OptionValues, view: MatrixView): void {
  printResult(streams, values, view, () => matrixText(view, painter(streams.colour)));
}

/** Redraws at every event and every second; without a terminal, prints again only what changed. */
async function watch(
  { streams, signal }: CommandContext,
  client: PromoterClient,
  read: () => Promise<MatrixView>,
): Promise<number> {
  const screen = new Screen(streams);
  const draw = async () => screen.draw(matrixText(await read(), painter(streams.colour)));
  const timer = setInterval(() => void draw().catch(() => {}), TICK);
  try {
    await draw();
    for await (const _ of client.events(0)) await draw();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(timer);
  }
  return 0;
}
