import type { JsonObject } from '@drydock/model';
import type { Manifest } from '../../manifest.ts';

/** Where Argo CD and its Applications live on the hub. */
export const ARGOCD_NAMESPACE = 'argocd';
/** Argo CD's own name for the cluster it runs in. */
export const IN_CLUSTER = 'in-cluster';

/** One source of an Argo CD Application. */
export type ApplicationSource = ChartSource | DirectorySource | ValuesSource;

/** A Helm chart; `repoURL` of an OCI registry goes without `oci://`. */
export interface ChartSource extends JsonObject {
  readonly repoURL: string;
  readonly chart: string;
  readonly targetRevision: string;
  readonly helm: JsonObject;
}

/** Plain manifests in a folder of a git repository. */
export interface DirectorySource extends JsonObject {
  readonly repoURL: string;
  readonly path: string;
  readonly targetRevision: string;
}

/** A git branch that other sources read values files from, as `$values/…`. */
export interface ValuesSource extends JsonObject {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly ref: string;
}

/** What the callers of {@link argocdApplication} decide; the sync policy is the same for all. */
export interface ApplicationProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly project: string;
  readonly sources: readonly ApplicationSource[];
  readonly destination: { readonly name: string; readonly namespace: string };
  readonly syncOptions?: readonly string[];
  readonly ignoreDifferences?: readonly JsonObject[];
}

/**
 * An Argo CD Application (https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml): automated,
 * pruning and self-healing, applied server-side, retried with backoff. Deleting it deletes what it owns.
 */
export function argocdApplication(props: ApplicationProps): Manifest {
  const [only, ...more] = props.sources;
  const ignoreDifferences = props.ignoreDifferences ?? [];
  const respect = ignoreDifferences.length > 0 ? ['RespectIgnoreDifferences=true'] : [];
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: props.name,
      namespace: ARGOCD_NAMESPACE,
      labels: { ...props.labels },
      ...(props.annotations === undefined ? {} : { annotations: props.annotations }),
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: props.project,
      ...(only !== undefined && more.length === 0 ? { source: only } : { sources: props.sources }),
      destination: props.destination,
      ...(ignoreDifferences.length > 0 ? { ignoreDifferences } : {}),
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
        syncOptions: ['ServerSideApply=true', ...(props.syncOptions ?? []), ...respect],
      },
    },
  };
}
