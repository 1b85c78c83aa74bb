import { getOrInsert } from '../model/get-or-insert.ts';
import type { KubeObject } from '../model/kube-object.ts';
import type { StoreEvent } from '../store/history.ts';

/** Where an object is. */
export interface ObjectKey {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** Which objects there are by uid, and who names whom as owner; kept up to date from the events of the store. */
export class OwnerIndex {
  readonly #keys = new Map<string, ObjectKey>();
  readonly #born = new Map<string, number>();
  readonly #dependents = new Map<string, Map<string, ObjectKey>>();

  apply({ type, resource, stored, previous }: StoreEvent, now: number): void {
    const { uid = '' } = stored.object.metadata;
    if (type === 'ADDED') this.#born.set(uid, now);
    if (type === 'DELETED') this.#born.delete(uid);
    if (previous !== undefined) this.remove(previous.object);
    if (type !== 'DELETED') this.add(resource, stored.object);
  }

  add(resource: string, { metadata }: KubeObject): void {
    const { uid = '', namespace = '', name = '' } = metadata;
    const key = { resource, namespace, name };
    this.#keys.set(uid, key);
    for (const owner of metadata.ownerReferences ?? []) {
      getOrInsert(this.#dependents, owner.uid, () => new Map()).set(uid, key);
    }
  }

  remove({ metadata }: KubeObject): void {
    const { uid = '' } = metadata;
    this.#keys.delete(uid);
    for (const owner of metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) this.#dependents.delete(owner.uid);
    }
  }

  /** When an object came to be; undefined for those of an earlier start. */
  bornAt(uid: string): number | undefined {
    return this.#born.get(uid);
  }

  exists(uid: string): boolean {
    return this.#keys.has(uid);
  }

  /** @returns where the object of a uid is. */
  keyOf(uid: string): ObjectKey | undefined {
    return this.#keys.get(uid);
  }

  /** @returns where the objects are that name an owner. */
  dependents(uid: string): readonly ObjectKey[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }
}
