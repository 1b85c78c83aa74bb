import { type Fields, isFields } from '../model/kube-object.ts';
import { COMPUTED_DEFAULTS } from './default-values.ts';
import { fieldSchema, type Schema } from './schema.ts';

/**
 * Fills in what a schema gives defaults for. The value is not changed: a new one is returned where something was added.
 * As on a real API server a default below an object applies only when that object is there.
 */
export function complete(value: unknown, schema: Schema): unknown {
  // A quantity may be written as a number and is kept as text.
  if (typeof value === 'number' && schema.format === 'quantity') return String(value);
  if (Array.isArray(value)) return completeList(value, schema);
  return isFields(value) ? completeFields(value, schema) : value;
}

function completeList(list: readonly unknown[], schema: Schema): unknown {
  const items = schema.items;
  if (items === undefined) return list;
  let changed = false;
  const result = list.map((item) => {
    const completed = complete(item, items);
    changed ||= completed !== item;
    return completed;
  });
  return changed ? result : list;
}

function completeFields(object: Fields, schema: Schema): Fields {
  let result = addMissing(object, staticDefaults(schema));
  const computed = schema.model === undefined ? undefined : COMPUTED_DEFAULTS[schema.model];
  if (computed !== undefined) result = addMissing(result, Object.entries(computed(result)));
  for (const [field, value] of Object.entries(result)) {
    const child = fieldSchema(schema, field);
    if (child === undefined) continue;
    const completed = complete(value, child);
    if (completed === value) continue;
    if (result === object) result = { ...object };
    result[field] = completed;
  }
  return result;
}

function addMissing(object: Fields, defaults: readonly (readonly [string, unknown])[]): Fields {
  const missing = defaults.filter(([field, value]) => object[field] === undefined && value !== undefined);
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(missing) };
}

const known = new WeakMap<Schema, readonly (readonly [string, unknown])[]>();

function staticDefaults(schema: Schema): readonly (readonly [string, unknown])[] {
  let defaults = known.get(schema);
  if (defaults === undefined) {
    const entries = Object.entries(schema.properties ?? {});
    defaults = entries
      .filter(([, child]) => child.default !== undefined)
      .map(([name, child]) => [name, child.default]);
    known.set(schema, defaults);
  }
  return defaults;
}
