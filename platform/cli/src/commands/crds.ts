import { fleetPaths } from '@drydock/fleet';
import { InputError } from '@drydock/model';
import { type Command, outputOption } from '../command.ts';
import { findRoot } from '../find-root.ts';
import { printResult } from '../print/result.ts';

export const crds: Command = {
  name: 'crds',
  summary:
    'pull: fetch the real definitions of custom resources; the embedded clusters take them at the next "up"',
  parameters: ['pull'],
  options: outputOption,
  async run({ streams, cwd }, [verb], values) {
    if (verb !== 'pull') throw new InputError(`expected "drydock crds pull", got "${verb}"`);
    const { pullCrds } = await import('@drydock/kube');
    const pulled = await pullCrds({ folder: fleetPaths(findRoot(cwd)).crds });
    const failures = pulled.failed.map(({ source, reason }) => `failed: ${source}: ${reason}\n`).join('');
    const text = () =>
      `${pulled.written.length} definitions are there for the next "drydock down" and "drydock up"\n${failures}`;
    printResult(streams, values, pulled, text);
    return pulled.failed.length === 0 ? 0 : 1;
  },
};
