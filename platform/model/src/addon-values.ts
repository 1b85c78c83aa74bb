import type { Addon, Cluster, FleetModel } from './fleet-model.ts';
import { isJsonObject, type JsonObject, type JsonValue, mergeJson } from './merge.ts';
import { substitute, type Variable } from './variables.ts';

/** The Helm values of an addon on a cluster: common, then the provider's, then the environment's, variables filled in. */
export function addonValues(fleet: FleetModel, addon: Addon, cluster: Cluster): JsonObject {
  const { common, byProvider, byEnvironment } = addon.values;
  const layers: readonly (JsonObject | undefined)[] = [
    byProvider[cluster.provider],
    byEnvironment[cluster.environment],
  ];
  const merged = layers.reduce<JsonValue>((values, layer) => mergeJson(values, layer), common);
  const values = substitute(merged, variablesOf(fleet, cluster));
  return isJsonObject(values) ? values : {};
}

/** What `${{ … }}` stands for on a cluster. */
export function variablesOf(
  fleet: FleetModel,
  cluster: Cluster,
): Readonly<Record<Variable, string | number>> {
  return {
    'fleet.name': fleet.name,
    'fleet.repository': fleet.repository,
    'environment.name': cluster.environment,
    'cluster.name': cluster.name,
    'cluster.id': cluster.id,
    'cluster.provider': cluster.provider,
    'cluster.podSubnet': cluster.network.podSubnet,
    'cluster.serviceSubnet': cluster.network.serviceSubnet,
    'hub.name': fleet.clusters.find((candidate) => candidate.role === 'hub')?.name ?? cluster.name,
  };
}
