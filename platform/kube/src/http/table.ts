import type { KubeObject } from '../model/kube-object.ts';
import type { ServedResource } from '../resources/registry.ts';
import type { Format } from './accept.ts';
import { inVersion, jsonOf } from './representation.ts';
import type { WatchEncoder } from './watch-stream.ts';

/** @returns a Table of objects. */
export function tableOf(
  objects: readonly KubeObject[],
  _served: ServedResource,
  _query: URLSearchParams,
): object {
  const columnDefinitions = [
    { name: 'Name', type: 'string', format: 'name', description: 'Name', priority: 0 },
  ];
  const rows = objects.map((object) => ({
    cells: [object.metadata.name],
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
  }));
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {}, columnDefinitions, rows };
}

/** @returns how a watch writes objects in a format. */
export function watchEncoder(served: ServedResource, format: Format, query: URLSearchParams): WatchEncoder {
  if (format === 'table')
    return ({ object }) => JSON.stringify(tableOf([inVersion(object, served)], served, query));
  if (format === 'metadata')
    return ({ object }) =>
      JSON.stringify({
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: object.metadata,
      });
  return (stored) => jsonOf(stored, served);
}
