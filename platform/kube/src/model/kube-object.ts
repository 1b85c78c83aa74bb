/** A JSON object whose fields are not known in advance. */
export type Fields = { [field: string]: unknown };

/** {@link https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ ObjectMeta}. */
export interface ObjectMeta extends Fields {
  name?: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

/** A reference from a dependent to the object that owns it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Who set which fields, see https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: FieldsV1;
  subresource?: string;
}

/**
 * A set of field paths as the API writes it: an empty node is a member, a node with children is a member
 * only when it has the child `.`.
 */
export type FieldsV1 = { [element: string]: FieldsV1 };

/** Any object of the API. Objects in the store are never changed in place. */
export interface KubeObject extends Fields {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** @returns whether the value is a JSON object (not null, not a list). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the value at a path, or undefined where any step is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current: unknown = value;
  for (const step of path) {
    if (!isFields(current)) return undefined;
    current = current[step];
  }
  return current;
}

/** @returns the object at a path; an empty one where there is none. */
export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  const found = at(value, ...path);
  return isFields(found) ? found : {};
}

/** @returns the list at a path; an empty one where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** @returns the string at a path, or undefined. */
export function stringAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** @returns the number at a path, or undefined. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}
