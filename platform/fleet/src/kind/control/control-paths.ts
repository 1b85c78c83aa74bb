import { join } from 'node:path';
import { type FleetPaths, fleetPaths } from '../../embedded/fleet-paths.ts';
import { kindPaths } from '../names.ts';

/**
 * Where the git server and the promoter of a Kind fleet keep what they need: laid out as for an embedded fleet, below a
 * folder of its own, so that both fleets can be there at once.
 */
export function controlPaths(root: string): FleetPaths {
  const { home, kubeconfigs } = kindPaths(root);
  const embedded = fleetPaths(root);
  const moved = Object.entries(embedded).map(([key, path]) => [key, path.replace(embedded.home, () => home)]);
  return {
    ...(Object.fromEntries(moved) as Record<keyof FleetPaths, string>),
    kubeconfigs,
    logs: join(home, 'logs'),
  };
}
