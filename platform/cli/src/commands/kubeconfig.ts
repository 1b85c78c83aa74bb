import { readFile } from 'node:fs/promises';
import { fleetAddresses } from '@drydock/fleet';
import { NotFoundError } from '@drydock/model';
import type { Command } from '../command.ts';
import { findRoot } from '../find-root.ts';

export const kubeconfig: Command = {
  name: 'kubeconfig',
  summary: 'the path of the kubeconfig of a cluster, for KUBECONFIG=$(npx drydock kubeconfig dev)',
  parameters: ['cluster'],
  options: {
    print: { type: 'boolean', help: 'print the content, which holds a token, instead of the path' },
  },
  async run({ streams, cwd }, [name], values) {
    const { clusters } = await fleetAddresses(findRoot(cwd));
    const cluster = clusters.find((candidate) => candidate.name === name);
    if (cluster === undefined) {
      throw new NotFoundError(
        `no cluster "${name}"; there are: ${clusters.map((candidate) => candidate.name).join(', ')}`,
      );
    }
    streams.out(
      values.print === true ? await readFile(cluster.kubeconfig, 'utf8') : `${cluster.kubeconfig}\n`,
    );
    return 0;
  },
};
