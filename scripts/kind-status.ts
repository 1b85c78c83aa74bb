import { parseArgs } from 'node:util';
import { formatStatus, openKindProvider } from '@drydock/fleet';
import { entry } from './kind/entry.ts';
import { kindFlags, kindOptions } from './kind/kind-options.ts';

/** Entry point of `make kind-status`. Exits with 0 only when every cluster runs. */
await entry(async () => {
  const { values } = parseArgs({ options: kindFlags });
  const provider = await openKindProvider(kindOptions(values));
  const status = await provider.status();
  process.stdout.write(
    values.output === 'json' ? `${JSON.stringify(status, undefined, 2)}\n` : formatStatus(status),
  );
  return status.state === 'running' ? 0 : 1;
});
