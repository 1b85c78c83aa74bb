import { parseArgs } from 'node:util';
import { openKindProvider } from '@drydock/fleet';
import { entry } from './kind/entry.ts';
import { kindFlags, kindOptions } from './kind/kind-options.ts';
import { showProgress } from './kind/show-progress.ts';

/** Entry point of `make kind-down`: removes every cluster of this fleet and working copy, and what was kept for them. */
await entry(async (signal) => {
  const { values } = parseArgs({ options: kindFlags });
  const provider = await openKindProvider(kindOptions(values));
  const progress = showProgress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const { removed, kept } = await provider.down({ signal, progress });
  const lines = [
    removed.length === 0 ? 'there was nothing of this fleet' : `removed: ${removed.join(', ')}`,
    ...kept.map(({ name }) => `left alone, since it was not made by this fleet and working copy: ${name}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
});
