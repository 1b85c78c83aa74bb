import type { ClusterCache, GroupKind } from '../cluster/cluster-cache.ts';
import { groupOf, type KubeObject, type ResourceRef, refOf } from '../cluster/kube-object.ts';
import { healthOf } from '../health/health-rules.ts';
import type { Kustomization } from './kustomization.ts';

/** What the health checks of a Kustomization found; the texts name objects as Flux does. */
export interface HealthCheck {
  readonly failed: readonly string[];
  readonly waiting: readonly string[];
}

/** The objects whose health counts: all with `wait`, else those of `healthChecks`. */
export function healthCheckRefs(
  { spec, metadata }: Kustomization,
  objects: readonly KubeObject[],
): readonly ResourceRef[] {
  if (spec.wait === true) return objects.map(refOf);
  return (spec.healthChecks ?? []).map((check) => {
    const apiVersion = check.apiVersion ?? 'v1';
    return {
      group: groupOf(apiVersion),
      version: apiVersion.slice(apiVersion.indexOf('/') + 1),
      kind: check.kind ?? '',
      namespace: check.namespace ?? metadata.namespace ?? '',
      name: check.name,
    };
  });
}

/** Looks at the live objects: a degraded one has failed, anything but a healthy one is waited for (kstatus). */
export function checkHealth(refs: readonly ResourceRef[], cluster: ClusterCache): HealthCheck {
  const failed: string[] = [];
  const waiting: string[] = [];
  for (const ref of refs) {
    const live = cluster.get(ref);
    const name = [ref.kind, ref.namespace, ref.name].filter((part) => part !== '').join('/');
    const health = live === undefined ? { status: 'Missing' as const } : healthOf(live);
    if (health === undefined || health.status === 'Healthy') continue;
    if (health.status === 'Degraded') failed.push(`${name} status: 'Failed'`);
    else waiting.push(`${name} status: '${health.status === 'Missing' ? 'NotFound' : 'InProgress'}'`);
  }
  return { failed, waiting };
}

/** The kinds of references, for following them. */
export function kindsOfRefs(refs: readonly ResourceRef[]): readonly GroupKind[] {
  return refs.map(({ group, version, kind }) => ({ group, version, kind }));
}
