import type { JsonObject } from '@drydock/model';

/** The name under which clusters find the git server of a local fleet (`spec.repository` of the fleet). */
export const GIT_HOST = 'git.drydock.internal';
/** The user as whom delivery engines read. */
export const GIT_READER = 'delivery';
/** The Service that leads to this machine. */
const SERVICE = { name: 'git', namespace: 'drydock-system' } as const;
const LABELS = { 'app.kubernetes.io/name': 'git', 'app.kubernetes.io/managed-by': 'drydock' } as const;

/** Whether a repository is the local git server, and not a forge that the clusters reach by themselves. */
export function isLocalGit(repository: string): boolean {
  return new URL(repository).hostname === GIT_HOST;
}

/**
 * A Service without a selector whose only endpoint is this machine
 * (https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors).
 */
export function gitServiceObjects(address: string, port: number): readonly JsonObject[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SERVICE.namespace, labels: LABELS } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...SERVICE, labels: LABELS },
      spec: { ports: [{ name: 'http', port: 80, targetPort: port, protocol: 'TCP' }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'git-machine',
        namespace: SERVICE.namespace,
        labels: { ...LABELS, 'kubernetes.io/service-name': SERVICE.name },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports: [{ name: 'http', port, protocol: 'TCP' }],
    },
  ];
}

const REWRITE = `rewrite stop name exact ${GIT_HOST} ${SERVICE.name}.${SERVICE.namespace}.svc.cluster.local`;
const BLOCK = '.:53 {';

/**
 * A Corefile in which {@link GIT_HOST} is the Service; the rest of it stays as it was
 * (https://coredns.io/plugins/rewrite/: answers to an exact rewrite carry the name that was asked for).
 */
export function withGitHost(corefile: string): string {
  if (corefile.includes(REWRITE)) return corefile;
  const lines = corefile.split('\n').filter((line) => !line.includes(` ${GIT_HOST} `));
  const start = lines.findIndex((line) => line.trim() === BLOCK);
  if (start === -1) return corefile;
  return lines.toSpliced(start + 1, 0, `    ${REWRITE}`).join('\n');
}

/** The ConfigMap of CoreDNS with another Corefile; kubeadm makes it under this name. */
export function corednsConfig(corefile: string): JsonObject {
  const metadata = { name: 'coredns', namespace: 'kube-system' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: corefile } };
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories */
export function argocdRepositorySecret(url: string, password: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'repository-fleet',
      namespace: 'argocd',
      labels: { ...LABELS, 'argocd.argoproj.io/secret-type': 'repository' },
    },
    stringData: { type: 'git', url, username: GIT_READER, password },
  };
}

/** Name of the Secret by which Flux reads the repository. */
export const FLUX_GIT_SECRET = 'fleet-git';

/** https://fluxcd.io/flux/components/source/gitrepositories/#basic-access-authentication */
export function fluxRepositorySecret(password: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: FLUX_GIT_SECRET, namespace: 'flux-system', labels: LABELS },
    stringData: { username: GIT_READER, password },
  };
}
