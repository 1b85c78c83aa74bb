import type { KubeObject } from '../model/kube-object.ts';
import {
  nameInFieldSelector,
  type Predicate,
  parseFieldSelector,
  parseLabelSelector,
} from '../model/selector.ts';
import type { ServedResource } from '../resources/registry.ts';
import type { Store } from '../store/store.ts';
import type { Stored } from '../store/table.ts';

/** Which objects of a resource a list, watch or deletecollection is about. */
export interface Selection {
  readonly served: ServedResource;
  /** Undefined for all namespaces; empty for cluster-wide resources. */
  readonly namespace: string | undefined;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** Undefined where everything is selected. */
  readonly selects: Predicate | undefined;
}

/** @throws StatusError 400 for selectors that cannot be parsed */
export function selectionOf(
  served: ServedResource,
  namespace: string | undefined,
  selectors: { readonly labelSelector: string; readonly fieldSelector: string },
): Selection {
  const { labelSelector, fieldSelector } = selectors;
  const fields = ['metadata.name', 'metadata.namespace', ...served.version.selectableFields];
  const byLabel = parseLabelSelector(labelSelector);
  const byField = parseFieldSelector(fieldSelector, fields);
  const both = byLabel && byField ? (object: KubeObject) => byLabel(object) && byField(object) : undefined;
  const scope = served.type.namespaced ? namespace : '';
  return { served, namespace: scope, labelSelector, fieldSelector, selects: both ?? byLabel ?? byField };
}

/** @returns the selected objects, in order. */
export function select(store: Store, selection: Selection): readonly Stored[] {
  const { served, namespace, selects, fieldSelector } = selection;
  const name = nameInFieldSelector(fieldSelector);
  if (name !== undefined && namespace !== undefined) {
    const found = store.get(served.type.id, namespace, name);
    return found && selects?.(found.object) !== false ? [found] : [];
  }
  const all = store.list(served.type.id, namespace);
  return selects === undefined ? all : all.filter(({ object }) => selects(object));
}
