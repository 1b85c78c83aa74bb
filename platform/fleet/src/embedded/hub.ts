import { type Cluster, type FleetModel, InputError } from '@drydock/model';

/** The cluster that the delivery engine runs on. @throws InputError when the fleet has none */
export function hubOf(fleet: FleetModel): Cluster {
  const hub = fleet.clusters.find(({ role }) => role === 'hub');
  if (hub !== undefined) return hub;
  throw new InputError(`fleet "${fleet.name}" has no hub: give one cluster "role: hub"`);
}

/** The clusters that Flux delivers to, from within. */
export function fluxClustersOf(fleet: FleetModel): readonly Cluster[] {
  return fleet.clusters.filter(({ engine }) => engine === 'flux');
}
