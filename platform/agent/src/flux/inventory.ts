import { type KubeObject, type ResourceRef, refOf } from '../cluster/kube-object.ts';

/** One applied object, as Flux keeps it in `status.inventory.entries`. */
export interface InventoryEntry {
  /** `<namespace>_<name>_<group>_<kind>`, a `:` in the name written as `__` (cli-utils `ObjMetadata`). */
  readonly id: string;
  /** The API version without its group. */
  readonly v: string;
}

/** The entry of an object. */
export function inventoryEntry(object: KubeObject): InventoryEntry {
  const { group, version, kind, namespace, name } = refOf(object);
  return { id: [namespace, name.replaceAll(':', '__'), group, kind].join('_'), v: version };
}

/** The object that an entry stands for; `undefined` for text that is no entry. */
export function inventoryRef({ id, v }: InventoryEntry): ResourceRef | undefined {
  const first = id.indexOf('_');
  const last = id.lastIndexOf('_');
  const group = id.lastIndexOf('_', last - 1);
  if (first < 0 || group <= first) return undefined;
  return {
    namespace: id.slice(0, first),
    name: id.slice(first + 1, group).replaceAll('__', ':'),
    group: id.slice(group + 1, last),
    kind: id.slice(last + 1),
    version: v,
  };
}

/** Both lists, each entry once, sorted. */
export function mergeInventory(
  one: readonly InventoryEntry[],
  other: readonly InventoryEntry[],
): readonly InventoryEntry[] {
  const entries = new Map([...one, ...other].map((entry) => [entry.id, entry]));
  return [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
