import { bootstrapApplication, clusterSecret, fluxBootstrap, type Manifest } from '@drydock/constructs';
import type { Cluster, FleetModel } from '@drydock/model';
import { type KubernetesObject, KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import { clusterKubeConfig } from './cluster-kube-config.ts';
import type { FleetPaths } from './fleet-paths.ts';
import { fluxClustersOf, hubOf } from './hub.ts';

const NAMESPACE: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } };
/** Argo CD makes this project itself; the embedded hub has to be given it. */
const DEFAULT_PROJECT: Manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace: 'argocd' },
  spec: {
    sourceRepos: ['*'],
    destinations: [{ namespace: '*', server: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/** Puts on the clusters what cannot come through git. Doing it again changes nothing. */
export async function bootstrapAll(fleet: FleetModel, paths: FleetPaths): Promise<void> {
  await Promise.all([
    bootstrapHub(fleet, paths),
    ...fluxClustersOf(fleet).map((cluster) => bootstrapFlux(fleet, cluster, paths)),
  ]);
}

/**
 * Puts on the hub what cannot come through git: the credentials of the clusters, and the one Application that brings
 * everything else. Applying it again changes nothing.
 */
async function bootstrapHub(fleet: FleetModel, paths: FleetPaths): Promise<void> {
  const hub = hubOf(fleet);
  const api = KubernetesObjectApi.makeApiClient(await clusterKubeConfig(paths, hub.name));
  const secrets = fleet.clusters
    .filter(({ name }) => name !== hub.name)
    .map(async (cluster) => clusterSecret(cluster, await credentialsOf(paths, cluster.name)));
  await apply(api, NAMESPACE);
  await Promise.all([DEFAULT_PROJECT, ...(await Promise.all(secrets))].map((object) => apply(api, object)));
  await apply(api, bootstrapApplication(fleet));
}

/** Puts on a cluster that Flux delivers to the source and the Kustomization that bring everything else. */
async function bootstrapFlux(fleet: FleetModel, cluster: Cluster, paths: FleetPaths): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(await clusterKubeConfig(paths, cluster.name));
  await apply(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } });
  for (const object of fluxBootstrap(fleet, cluster)) await apply(api, object);
}

async function credentialsOf(paths: FleetPaths, cluster: string) {
  const config = await clusterKubeConfig(paths, cluster);
  const server = config.getCurrentCluster();
  return {
    server: server?.server ?? '',
    caData: server?.caData ?? '',
    token: config.getCurrentUser()?.token ?? '',
  };
}

async function apply(api: KubernetesObjectApi, object: Manifest): Promise<void> {
  await api.patch(
    object as KubernetesObject,
    undefined,
    undefined,
    'drydock',
    true,
    PatchStrategy.ServerSideApply,
  );
}
