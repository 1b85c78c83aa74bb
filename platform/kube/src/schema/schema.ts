/**
 * What is known about the shape of a value: the structural part of OpenAPI v3 that a CustomResourceDefinition may use
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/). Built-in kinds
 * come in the same form.
 */
export interface Schema {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly format?: string | undefined;
  readonly properties?: { readonly [name: string]: Schema } | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly items?: Schema | undefined;
  readonly required?: readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly nullable?: boolean | undefined;
  readonly pattern?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: boolean | undefined;
  readonly exclusiveMaximum?: boolean | undefined;
  readonly multipleOf?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly uniqueItems?: boolean | undefined;
  readonly minProperties?: number | undefined;
  readonly maxProperties?: number | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly not?: Schema | undefined;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean | undefined;
  readonly 'x-kubernetes-int-or-string'?: boolean | undefined;
  readonly 'x-kubernetes-embedded-resource'?: boolean | undefined;
  readonly 'x-kubernetes-list-type'?: string | undefined;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[] | undefined;
  readonly 'x-kubernetes-map-type'?: string | undefined;
  readonly 'x-kubernetes-patch-merge-key'?: string | undefined;
  readonly 'x-kubernetes-patch-strategy'?: string | undefined;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[] | undefined;
  /** Name of the model of a built-in type, e.g. `V1PodSpec`. */
  readonly model?: string | undefined;
}

/** A CEL rule of a schema, https://kubernetes.io/docs/reference/using-api/cel/ */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
}

/** A schema about which nothing is known: everything is kept, objects are merged, lists are replaced. */
export const ANYTHING: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

/** @returns the schema of one field of an object; undefined when the schema does not name it. */
export function fieldSchema(schema: Schema, field: string): Schema | undefined {
  const properties = schema.properties;
  if (properties !== undefined && Object.hasOwn(properties, field)) return properties[field];
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
  return schema.additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields']
    ? ANYTHING
    : undefined;
}

/** How the items of a list are told apart when lists are merged. */
export type ListType =
  | { readonly type: 'atomic' | 'set' }
  | { readonly type: 'map'; readonly keys: readonly string[] };

/** @returns the list type of a list's schema; atomic when the schema does not say. */
export function listType(schema: Schema): ListType {
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') return { type };
  const keys = schema['x-kubernetes-list-map-keys'];
  return type === 'map' && keys !== undefined ? { type, keys } : { type: 'atomic' };
}

/** @returns whether an object of this schema is replaced as a whole. */
export function isAtomicMap(schema: Schema): boolean {
  return schema['x-kubernetes-map-type'] === 'atomic';
}
