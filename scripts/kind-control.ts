import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { controlPaths, loadKindProfile, runControl, startControl, stopSupervisor } from '@drydock/fleet';
import { InputError } from '@drydock/model';
import { entry, ROOT } from './kind/entry.ts';

/** Entry point for the git server and the promoter of a Kind fleet: `start` and `stop` them, `run` them here. */
await entry(async (signal) => {
  const { values, positionals } = parseArgs({
    options: {
      profile: { type: 'string', default: 'default' },
      address: { type: 'string', default: '127.0.0.1' },
    },
    allowPositionals: true,
  });
  const [verb] = positionals;
  if (verb === 'stop') {
    await stopSupervisor(controlPaths(ROOT));
    return 0;
  }
  const place = [`--profile=${values.profile}`, `--address=${values.address}`];
  if (verb === 'start') {
    await startControl({ root: ROOT, command: [fileURLToPath(import.meta.url), 'run', ...place] });
    return 0;
  }
  if (verb !== 'run') throw new InputError('expected "start", "stop" or "run"');
  const profile = await loadKindProfile(ROOT, values.profile);
  const ended = Promise.withResolvers<number>();
  signal.addEventListener('abort', () => void stopSupervisor(controlPaths(ROOT)));
  await runControl({
    root: ROOT,
    profile,
    address: values.address,
    write: (line) => void process.stdout.write(line),
    ended: () => ended.resolve(0),
  });
  const code = await ended.promise;
  process.exit(code);
});
