import type { Cluster, FleetModel } from '@drydock/model';
import { platformLabels } from '../../labels.ts';
import type { Manifest } from '../../manifest.ts';
import { deliveryFolder } from '../delivery-folder.ts';
import { FLEET_SOURCE, FLUX_NAMESPACE, fluxKustomization } from './kustomization.ts';

/**
 * What a cluster that Flux delivers to gets at `up`, beside Flux itself: the source that follows its environment
 * branch, and the root Kustomization that applies its delivery objects.
 */
export function fluxBootstrap(fleet: FleetModel, cluster: Cluster): readonly Manifest[] {
  const labels = {
    ...platformLabels('root'),
    'drydock.dev/cluster': cluster.name,
    'drydock.dev/environment': cluster.environment,
  };
  const path = `${cluster.name}/${deliveryFolder('flux', cluster)}`;
  return [
    gitRepository(fleet, cluster, labels),
    fluxKustomization({ name: 'root', labels, path, wait: false }),
  ];
}

function gitRepository(fleet: FleetModel, cluster: Cluster, labels: Record<string, string>): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: FLEET_SOURCE, namespace: FLUX_NAMESPACE, labels },
    spec: { interval: '1m', url: fleet.repository, ref: { branch: `env/${cluster.environment}` } },
  };
}
