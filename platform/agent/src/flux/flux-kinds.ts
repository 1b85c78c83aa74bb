import type { GroupKind } from '../cluster/cluster-cache.ts';

/** Where the state of a git branch comes from. */
export const gitRepositoryKind: GroupKind = {
  group: 'source.toolkit.fluxcd.io',
  version: 'v1',
  kind: 'GitRepository',
};

/** What is applied from a source. */
export const kustomizationKind: GroupKind = {
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  kind: 'Kustomization',
};

/** A kind that needs the network, and the reason that Flux itself gives when fetching fails. */
export interface UnfetchableKind extends GroupKind {
  readonly reason: string;
  readonly what: string;
}

/** Flux kinds that cannot work without fetching; reasons as in Flux's API reference of each. */
export const unfetchableKinds: readonly UnfetchableKind[] = [
  source('HelmRepository', 'IndexationFailed', 'a Helm repository index'),
  source('OCIRepository', 'OCIArtifactPullFailed', 'an OCI artifact'),
  source('HelmChart', 'ChartPullError', 'a Helm chart'),
  source('Bucket', 'BucketOperationFailed', 'a bucket'),
  {
    group: 'helm.toolkit.fluxcd.io',
    version: 'v2',
    kind: 'HelmRelease',
    reason: 'SourceNotReady',
    what: 'the Helm chart of a release',
  },
];

function source(kind: string, reason: string, what: string): UnfetchableKind {
  return { group: 'source.toolkit.fluxcd.io', version: 'v1', kind, reason, what };
}
