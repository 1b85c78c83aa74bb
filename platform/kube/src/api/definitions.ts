import type { KubeObject } from '../model/kube-object.ts';
import type { ClusterApi } from './cluster-api.ts';

/** The resource whose objects define other resources. */
export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/**
 * Serves what the stored CustomResourceDefinitions define, now and from now on. When a definition goes, its objects go.
 * @param onGone is told the id of a resource that is not served any more
 * @returns a function that ends it
 */
export function followDefinitions(api: ClusterApi, onGone: (resource: string) => void): () => void {
  for (const { object } of api.store.list(DEFINITIONS)) api.registry.register(object);
  return api.store.subscribe((event) => {
    if (event.resource !== DEFINITIONS) return;
    const definition = event.stored.object;
    if (event.type !== 'DELETED') api.registry.register(definition);
    else queueMicrotask(() => removeResource(api, definition, onGone));
  });
}

function removeResource(api: ClusterApi, definition: KubeObject, onGone: (resource: string) => void): void {
  const resource = definition.metadata.name ?? '';
  if (api.store.get(DEFINITIONS, '', resource) !== undefined) return;
  for (const { object } of api.store.list(resource)) api.store.delete(resource, object);
  api.registry.unregister(definition);
  onGone(resource);
}
