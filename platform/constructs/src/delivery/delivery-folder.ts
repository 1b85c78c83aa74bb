import type { Cluster } from '@drydock/model';

/**
 * The folder of a cluster that the root of an engine applies: `delivery` for the cluster's own engine, and one beside
 * it for units that choose the other, so that neither root meets objects of the other engine.
 */
export function deliveryFolder(engine: 'argocd' | 'flux', cluster: Cluster): string {
  return engine === cluster.engine ? 'delivery' : `delivery-${engine}`;
}
