import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  controlEnvironment,
  controlPaths,
  loadKindProfile,
  runControl,
  startControl,
  stopSupervisor,
} from '@drydock/fleet';
import { InputError } from '@drydock/model';
import { entry, ROOT } from './kind/entry.ts';
import { runPortal } from './kind/run-portal.ts';

/**
 * Entry point for what runs on this machine of a Kind fleet. The git server and the promoter: `start` and `stop` them, `run`
 * them here, `env` for a shell that asks them. Its portal: `portal`, in the background.
 */
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
    const environment = await controlEnvironment(ROOT).catch(() => undefined);
    if (environment !== undefined) await runPortal(['stop'], environment);
    await stopSupervisor(controlPaths(ROOT));
    return 0;
  }
  if (verb === 'env') {
    const variables = Object.entries(await controlEnvironment(ROOT));
    process.stdout.write(variables.map(([name, value]) => `export ${name}='${value}'\n`).join(''));
    return 0;
  }
  if (verb === 'portal') return runPortal(['start', '--background'], await controlEnvironment(ROOT));
  const place = [`--profile=${values.profile}`, `--address=${values.address}`];
  if (verb === 'start') {
    await startControl({ root: ROOT, command: [fileURLToPath(import.meta.url), 'run', ...place] });
    return 0;
  }
  if (verb !== 'run') throw new InputError('expected "start", "stop", "run", "env" or "portal"');
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
