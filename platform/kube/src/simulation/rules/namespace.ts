import type { KubeObject } from '../../model/kube-object.ts';
import type { Action, Outcome, Rule, View } from '../rule.ts';

/** Names the resources that live in namespaces. */
export type NamespacedResources = () => readonly string[];

/**
 * A namespace gets its service account and CA bundle; one that ends takes everything in it along.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
 */
export function namespaceRule(resources: NamespacedResources, caPem: string): Rule {
  return {
    resource: 'namespaces',
    decide: (namespace, view) =>
      namespace.metadata.deletionTimestamp === undefined
        ? furnish(namespace, view, caPem)
        : empty(namespace, view, resources()),
  };
}

function furnish(namespace: KubeObject, view: View, caPem: string): Outcome {
  const name = namespace.metadata.name ?? '';
  const wanted: readonly (readonly [resource: string, object: KubeObject])[] = [
    [
      'serviceaccounts',
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } },
    ],
    [
      'configmaps',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kube-root-ca.crt', namespace: name },
        data: { 'ca.crt': caPem },
      },
    ],
  ];
  const missing = wanted.filter(
    ([resource, object]) => view.get(resource, name, object.metadata.name ?? '') === undefined,
  );
  return { actions: missing.map(([resource, object]): Action => ({ do: 'create', resource, object })) };
}

function empty(namespace: KubeObject, view: View, resources: readonly string[]): Outcome {
  const name = namespace.metadata.name ?? '';
  const left = resources.flatMap((resource) =>
    view.list(resource, name).map((object) => ({ resource, object })),
  );
  if (left.length === 0) {
    const held = (namespace.metadata.finalizers ?? []).length > 0;
    return held
      ? { actions: [] }
      : { actions: [{ do: 'remove', resource: 'namespaces', object: namespace }] };
  }
  const fresh = left.filter(({ object }) => object.metadata.deletionTimestamp === undefined);
  const actions = fresh.map(
    ({ resource, object }): Action => ({ do: 'delete', resource, object, policy: 'Background' }),
  );
  return { actions, again: 50 };
}
