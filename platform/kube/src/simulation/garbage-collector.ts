import type { ClusterApi, Target } from '../api/cluster-api.ts';
import type { KubeObject } from '../model/kube-object.ts';
import type { StoreEvent } from '../store/history.ts';
import { fateOfDependent, withoutFinalizer, withoutOwners } from './garbage-rules.ts';
import type { ObjectKey, OwnerIndex } from './owner-index.ts';

const WRITER = { manager: 'kube-controller-manager' };

/** Deletes what lost its owner, and finishes foreground and orphaning deletions. */
export class GarbageCollector {
  readonly #api: ClusterApi;
  readonly #index: OwnerIndex;

  constructor(api: ClusterApi, index: OwnerIndex) {
    this.#api = api;
    this.#index = index;
  }

  /** Does what an event calls for. */
  handle({ type, resource, stored }: StoreEvent): void {
    const { object } = stored;
    const { uid = '', deletionTimestamp, ownerReferences = [], finalizers = [] } = object.metadata;
    if (type === 'DELETED') {
      for (const key of this.#index.dependents(uid)) this.#collect(key);
      for (const owner of ownerReferences) this.#finishForeground(owner.uid);
      return;
    }
    if (ownerReferences.length > 0)
      this.#collect({
        resource,
        namespace: object.metadata.namespace ?? '',
        name: object.metadata.name ?? '',
      });
    if (deletionTimestamp === undefined) return;
    if (finalizers.includes('orphan')) this.#orphan(object);
    if (finalizers.includes('foregroundDeletion')) this.#deleteDependents(uid);
  }

  #collect(key: ObjectKey): void {
    const found = this.#find(key);
    if (found === undefined) return;
    const { object, target } = found;
    const fate = fateOfDependent(object, (uid) => this.#index.exists(uid));
    if (fate === 'delete') this.#api.delete(target, { propagationPolicy: 'Background' });
    if (fate === 'release')
      this.#api.modify(target, (live) => withoutOwners(live, (uid) => !this.#index.exists(uid)), WRITER);
  }

  #orphan(owner: KubeObject): void {
    const { uid = '' } = owner.metadata;
    for (const key of this.#index.dependents(uid)) {
      const found = this.#find(key);
      if (found)
        this.#api.modify(found.target, (live) => withoutOwners(live, (each) => each === uid), WRITER);
    }
    this.#dropFinalizer(uid, 'orphan');
  }

  #deleteDependents(uid: string): void {
    for (const key of this.#index.dependents(uid)) {
      const found = this.#find(key);
      if (found && found.object.metadata.deletionTimestamp === undefined)
        this.#api.delete(found.target, { propagationPolicy: 'Foreground' });
    }
    this.#finishForeground(uid);
  }

  #finishForeground(uid: string): void {
    const key = this.#index.keyOf(uid);
    const owner = key && this.#find(key)?.object;
    if (!owner?.metadata.deletionTimestamp || !owner.metadata.finalizers?.includes('foregroundDeletion'))
      return;
    const blocking = this.#index.dependents(uid).some((each) => {
      const references = this.#find(each)?.object.metadata.ownerReferences ?? [];
      return references.some((reference) => reference.uid === uid && reference.blockOwnerDeletion === true);
    });
    if (!blocking) this.#dropFinalizer(uid, 'foregroundDeletion');
  }

  #dropFinalizer(uid: string, finalizer: string): void {
    const key = this.#index.keyOf(uid);
    const found = key && this.#find(key);
    if (found) this.#api.modify(found.target, (live) => withoutFinalizer(live, finalizer), WRITER);
  }

  #find({ resource, namespace, name }: ObjectKey): { target: Target; object: KubeObject } | undefined {
    const type = this.#api.registry.get(resource);
    const target = type && { type, namespace, name };
    const object = target && this.#api.find(target)?.object;
    return target && object && { target, object };
  }
}
