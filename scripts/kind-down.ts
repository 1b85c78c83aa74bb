import { parseArgs } from 'node:util';
import { formatDown, openKindProvider, progressWriter } from '@drydock/fleet';
import { entry } from './kind/entry.ts';
import { kindFlags, kindOptions } from './kind/kind-options.ts';

/** Entry point of `make kind-down`: removes every cluster of this fleet and working copy, and what was kept for them. */
await entry(async (signal) => {
  const { values } = parseArgs({ options: kindFlags });
  const provider = await openKindProvider(kindOptions(values));
  const progress = progressWriter((text) => void process.stderr.write(text), process.stderr.isTTY);
  process.stdout.write(formatDown(await provider.down({ signal, progress })));
  return 0;
});
