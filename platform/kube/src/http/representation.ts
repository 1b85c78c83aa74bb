import type { KubeObject } from '../model/kube-object.ts';
import type { ServedResource } from '../resources/registry.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { Stored } from '../store/table.ts';

/** @returns the JSON of an object in the version that is served. */
export function jsonOf(stored: Stored, served: ServedResource): string {
  return isStorageVersion(served) ? stored.json : JSON.stringify(inVersion(stored.object, served));
}

/** @returns the object in the version that is served. */
export function inVersion(object: KubeObject, served: ServedResource): KubeObject {
  if (isStorageVersion(served)) return object;
  const converted = served.version.conversion?.fromStorage(object) ?? object;
  return { ...converted, apiVersion: servedVersion(served) };
}

/** @returns the apiVersion of a served resource. */
export function servedVersion({ type, version }: ServedResource): string {
  return apiVersionOf(type.group, version.name);
}

function isStorageVersion({ type, version }: ServedResource): boolean {
  return type.storageVersion === version.name;
}
