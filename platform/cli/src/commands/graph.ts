import { graphMermaid, graphText } from '@drydock/constructs';
import { InputError } from '@drydock/model';
import type { Command } from '../command.ts';
import { readFleet } from '../read-fleet.ts';

export const graph: Command = {
  name: 'graph',
  summary: 'units, what they depend on, and the clusters they go to',
  parameters: [],
  options: {
    cluster: { type: 'string', value: 'CLUSTER', help: 'only what is on this cluster' },
    format: { type: 'string', value: 'FORMAT', help: 'text or mermaid', default: 'text' },
  },
  async run({ streams, cwd }, _positionals, { cluster, format }) {
    const fleet = await readFleet(cwd);
    if (cluster !== undefined && !fleet.clusters.some(({ name }) => name === cluster)) {
      const known = fleet.clusters.map(({ name }) => name).join(', ');
      throw new InputError(`--cluster: no cluster "${cluster}"; there are: ${known}`);
    }
    const options = typeof cluster === 'string' ? { cluster } : {};
    if (format === 'text') streams.out(graphText(fleet, options));
    else if (format === 'mermaid') streams.out(graphMermaid(fleet, options));
    else throw new InputError(`--format: expected text or mermaid, got "${format}"`);
    return 0;
  },
};
