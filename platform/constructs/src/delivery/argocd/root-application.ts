import type { Cluster, FleetModel } from '@drydock/model';
import { platformLabels } from '../../labels.ts';
import type { Manifest } from '../../manifest.ts';
import { deliveryFolder } from '../delivery-folder.ts';
import { ARGOCD_NAMESPACE, argocdApplication, IN_CLUSTER } from './application.ts';
import { directorySource } from './unit-application.ts';

/** The AppProject of what Drydock itself puts on the hub. */
export const DRYDOCK_PROJECT = 'drydock';
/** The branch that holds the fleet's own objects. */
export const FLEET_BRANCH = 'fleet';

const DESTINATION = { name: IN_CLUSTER, namespace: ARGOCD_NAMESPACE } as const;

/** `<cluster>.root`: applies the delivery objects of a cluster to the hub. */
export function rootApplication(fleet: FleetModel, cluster: Cluster): Manifest {
  return argocdApplication({
    name: `${cluster.name}.root`,
    labels: {
      ...platformLabels('root'),
      'drydock.dev/cluster': cluster.name,
      'drydock.dev/environment': cluster.environment,
    },
    project: DRYDOCK_PROJECT,
    sources: [
      {
        ...directorySource(fleet, cluster, deliveryFolder('argocd', cluster)),
        directory: { recurse: false },
      },
    ],
    destination: DESTINATION,
  });
}

/**
 * The one object that is applied by hand, or at `up`: it brings the AppProjects and root Applications from the
 * branch `fleet`. Its project is Argo CD's own `default`, since the others come with it.
 */
export function bootstrapApplication(fleet: FleetModel): Manifest {
  return argocdApplication({
    name: 'drydock',
    labels: platformLabels('drydock'),
    project: 'default',
    sources: [
      {
        repoURL: fleet.repository,
        targetRevision: FLEET_BRANCH,
        path: 'bootstrap',
        directory: { recurse: false },
      },
    ],
    destination: DESTINATION,
  });
}
