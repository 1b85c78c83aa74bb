import type { KubeObject } from '../model/kube-object.ts';

/** What garbage collection does to a dependent of an owner that is gone. */
export type DependentFate = 'keep' | 'delete' | 'release';

/**
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/: a dependent goes with its last owner; while others
 * are left, the reference to the one that is gone is taken out.
 */
export function fateOfDependent(dependent: KubeObject, exists: (uid: string) => boolean): DependentFate {
  const owners = dependent.metadata.ownerReferences ?? [];
  const gone = owners.filter(({ uid }) => !exists(uid));
  if (gone.length === 0) return 'keep';
  return gone.length === owners.length ? 'delete' : 'release';
}

/** @returns the dependent without the owners for which the predicate holds. */
export function withoutOwners(dependent: KubeObject, isGone: (uid: string) => boolean): KubeObject {
  const { ownerReferences = [], ...metadata } = dependent.metadata;
  const left = ownerReferences.filter(({ uid }) => !isGone(uid));
  return { ...dependent, metadata: left.length === 0 ? metadata : { ...metadata, ownerReferences: left } };
}

/** @returns the object without a finalizer. */
export function withoutFinalizer(object: KubeObject, finalizer: string): KubeObject {
  const { finalizers = [], ...metadata } = object.metadata;
  const left = finalizers.filter((each) => each !== finalizer);
  return { ...object, metadata: left.length === 0 ? metadata : { ...metadata, finalizers: left } };
}
