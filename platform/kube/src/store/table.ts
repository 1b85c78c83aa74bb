import { getOrInsert } from '../model/get-or-insert.ts';
import type { KubeObject } from '../model/kube-object.ts';

/** One version of one object, and its JSON, which is made once and sent to everybody. */
export interface Stored {
  readonly object: KubeObject;
  readonly revision: number;
  readonly json: string;
}

/** The objects of one resource by namespace and name. */
export class Table {
  readonly #namespaces = new Map<string, Map<string, Stored>>();
  readonly #sorted = new Map<string, readonly Stored[]>();

  /** Number of objects. */
  get size(): number {
    let size = 0;
    for (const objects of this.#namespaces.values()) size += objects.size;
    return size;
  }

  get(namespace: string, name: string): Stored | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  /** @returns the version that was there before. */
  put(stored: Stored): Stored | undefined {
    const { namespace = '', name = '' } = stored.object.metadata;
    const objects = getOrInsert(this.#namespaces, namespace, () => new Map<string, Stored>());
    const previous = objects.get(name);
    objects.set(name, stored);
    this.#sorted.delete(namespace);
    return previous;
  }

  /** @returns the version that was there before. */
  delete(object: KubeObject): Stored | undefined {
    const { namespace = '', name = '' } = object.metadata;
    const objects = this.#namespaces.get(namespace);
    const previous = objects?.get(name);
    objects?.delete(name);
    if (objects?.size === 0) this.#namespaces.delete(namespace);
    this.#sorted.delete(namespace);
    return previous;
  }

  /** @returns a snapshot, ordered by namespace and name. */
  list(namespace?: string): readonly Stored[] {
    if (namespace !== undefined) return this.#listNamespace(namespace);
    return [...this.#namespaces.keys()].sort().flatMap((each) => this.#listNamespace(each));
  }

  #listNamespace(namespace: string): readonly Stored[] {
    const known = this.#sorted.get(namespace);
    if (known !== undefined) return known;
    const objects = this.#namespaces.get(namespace);
    if (objects === undefined) return [];
    const names = [...objects.keys()].sort();
    const sorted = names.map((name) => objects.get(name)).filter((stored) => stored !== undefined);
    this.#sorted.set(namespace, sorted);
    return sorted;
  }
}
