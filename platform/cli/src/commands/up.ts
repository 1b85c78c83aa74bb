import { up as startFleet } from '@drydock/fleet';
import { type Command, outputOption } from '../command.ts';
import { findRoot } from '../find-root.ts';
import { addressesText } from '../print/addresses.ts';
import { painter } from '../print/paint.ts';
import { printResult } from '../print/result.ts';

export const up: Command = {
  name: 'up',
  summary: 'start the whole fleet on this machine, in the background',
  parameters: [],
  options: outputOption,
  async run({ streams, cwd }, _positionals, values) {
    const paint = painter(streams.colour);
    const started = performance.now();
    const progress = (phase: string, milliseconds: number) =>
      streams.err(`${paint('green', '✓')} ${phase} ${paint('dim', `${milliseconds} ms`)}\n`);
    const addresses = await startFleet({ root: findRoot(cwd), progress });
    streams.err(
      `${paint('green', '✓')} ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n\n`,
    );
    printResult(streams, values, addresses, () => addressesText(addresses, paint));
    return 0;
  },
};
