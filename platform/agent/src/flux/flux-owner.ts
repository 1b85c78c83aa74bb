import type { KubeObject } from '../cluster/kube-object.ts';

/** The labels by which Flux marks what a Kustomization applied. */
export const ownerLabels = {
  name: 'kustomize.toolkit.fluxcd.io/name',
  namespace: 'kustomize.toolkit.fluxcd.io/namespace',
} as const;

/** A key of one Flux object on its cluster. */
export function fluxKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** The Kustomization that applied an object, as a key. */
export function fluxOwnerOf(object: KubeObject): string | undefined {
  const name = object.metadata.labels?.[ownerLabels.name];
  const namespace = object.metadata.labels?.[ownerLabels.namespace];
  if (name === undefined || namespace === undefined) return undefined;
  return fluxKey('Kustomization', namespace, name);
}
