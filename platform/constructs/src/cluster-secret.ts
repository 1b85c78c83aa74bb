import type { Cluster } from '@drydock/model';
import { ARGOCD_NAMESPACE } from './delivery/argocd/application.ts';
import type { Manifest } from './manifest.ts';

/** How the hub reaches a cluster. None of it ever goes to git. */
export interface ClusterCredentials {
  /** URL of the cluster's API server as the hub sees it. */
  readonly server: string;
  /** Certificate of the API server's CA, PEM in base64. */
  readonly caData: string;
  readonly token: string;
}

/**
 * The Secret by which the hub's Argo CD knows a cluster
 * (https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters). It carries credentials:
 * apply it, never commit it.
 */
export function clusterSecret(cluster: Cluster, { server, caData, token }: ClusterCredentials): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: {
      name: `cluster-${cluster.name}`,
      namespace: ARGOCD_NAMESPACE,
      labels: {
        'app.kubernetes.io/managed-by': 'drydock',
        'app.kubernetes.io/name': `cluster-${cluster.name}`,
        'app.kubernetes.io/part-of': 'platform',
        'argocd.argoproj.io/secret-type': 'cluster',
        'drydock.dev/cluster': cluster.name,
        'drydock.dev/environment': cluster.environment,
        ...cluster.labels,
      },
    },
    stringData: {
      name: cluster.name,
      server,
      config: JSON.stringify({ bearerToken: token, tlsClientConfig: { caData } }),
    },
  };
}
