import { type Fields, isFields } from '../model/kube-object.ts';
import { fieldSchema, type Schema } from './schema.ts';

/**
 * Drops the fields that a schema does not know. The value is not changed: a new one is returned where something was dropped.
 *
 * @param report is told the path of every dropped field, e.g. `spec.template.spec.containers[0].imagee`
 */
export function prune(
  value: unknown,
  schema: Schema,
  report: (path: string) => void = () => {},
  path = '',
): unknown {
  if (Array.isArray(value)) return pruneList(value, schema, report, path);
  return isFields(value) ? pruneFields(value, schema, report, path) : value;
}

function pruneList(list: unknown[], schema: Schema, report: (path: string) => void, path: string): unknown[] {
  const items = schema.items;
  if (items === undefined) return list;
  let changed = false;
  const result = list.map((item, index) => {
    const pruned = prune(item, items, report, `${path}[${index}]`);
    changed ||= pruned !== item;
    return pruned;
  });
  return changed ? result : list;
}

const EMBEDDED = new Set(['apiVersion', 'kind', 'metadata']);

function pruneFields(object: Fields, schema: Schema, report: (path: string) => void, path: string): Fields {
  if (
    schema.properties === undefined &&
    schema.additionalProperties === undefined &&
    schema.type !== 'object'
  )
    return object;
  let result = object;
  for (const [field, value] of Object.entries(object)) {
    const below = path === '' ? field : `${path}.${field}`;
    const child = fieldSchema(schema, field);
    const known =
      child !== undefined || (schema['x-kubernetes-embedded-resource'] === true && EMBEDDED.has(field));
    const keep = known && !(value === null && isUnset(child));
    const pruned = child === undefined ? value : prune(value, child, report, below);
    if (keep && pruned === value) continue;
    if (result === object) result = { ...object };
    if (keep) result[field] = pruned;
    else delete result[field];
    if (!known) report(below);
  }
  return result;
}

/** A null means "not set" where the schema knows the field and does not allow null. */
function isUnset(schema: Schema | undefined): boolean {
  return schema !== undefined && !schema.nullable && !schema['x-kubernetes-preserve-unknown-fields'];
}
