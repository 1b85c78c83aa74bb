import { down as endFleet, fleetPaths } from '@drydock/fleet';
import type { Command } from '../command.ts';
import { findRoot } from '../find-root.ts';

export const down: Command = {
  name: 'down',
  summary: 'end the fleet on this machine; "up" continues where it was',
  parameters: [],
  options: { purge: { type: 'boolean', help: 'also forget its state: git repository, clusters, tokens' } },
  async run({ streams, cwd }, _positionals, values) {
    const purge = values.purge === true;
    const wasRunning = await endFleet({ paths: fleetPaths(findRoot(cwd)), purge });
    streams.err(wasRunning ? 'the fleet has ended\n' : 'the fleet was not running\n');
    if (purge) streams.err('its state is gone\n');
    return 0;
  },
};
