import { type Fields, type FieldsV1, isFields } from '../model/kube-object.ts';
import {
  ANYTHING,
  fieldSchema,
  isAtomicMap,
  type ListType,
  listType,
  type Schema,
} from '../schema/schema.ts';
import { isMember } from './field-set.ts';
import { itemElement, itemsByElement } from './list-items.ts';

/**
 * Merges an applied configuration into a live object: objects field by field, set and map lists item by item, all
 * else is replaced. https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function mergeApplied(live: unknown, applied: unknown, schema: Schema): unknown {
  if (isFields(applied) && !isAtomicMap(schema)) {
    const former: Fields = isFields(live) ? live : {};
    const result: Fields = { ...former };
    for (const [name, value] of Object.entries(applied)) {
      result[name] = mergeApplied(former[name], value, fieldSchema(schema, name) ?? ANYTHING);
    }
    return result;
  }
  if (!Array.isArray(applied)) return applied;
  const type = listType(schema);
  if (type.type === 'atomic') return applied;
  const items = itemsByElement(applied, type, schema.items);
  return Array.isArray(live) ? mergeLists(live, items, type, schema) : applied;
}

/** Keeps the applied order; items that only the live list has stay before their former successor. */
function mergeLists(
  live: readonly unknown[],
  applied: Map<string, unknown>,
  type: ListType,
  schema: Schema,
): unknown[] {
  const elements = live.map((item) => itemElement(item, type, schema.items) ?? '');
  const result: unknown[] = [];
  let next = 0;
  const takeForeign = () => {
    for (; next < live.length && !applied.has(elements[next] ?? ''); next++) result.push(live[next]);
  };
  for (const [element, item] of applied) {
    takeForeign();
    const position = elements.indexOf(element);
    result.push(position === -1 ? item : mergeApplied(live[position], item, schema.items ?? ANYTHING));
    if (position === next) next++;
  }
  for (; next < live.length; next++) if (!applied.has(elements[next] ?? '')) result.push(live[next]);
  return result;
}

/**
 * Takes paths out of a value. An object or item goes when its own path is taken or it is left empty, unless something
 * below it is kept.
 *
 * @param taken the paths to take out
 * @param kept paths that somebody owns; they and what holds them stay
 */
export function removePaths(value: unknown, taken: FieldsV1, kept: FieldsV1, schema: Schema): unknown {
  if (isFields(value)) return removeFields(value, taken, kept, schema);
  return Array.isArray(value) ? removeItems(value, taken, kept, schema) : value;
}

function removeFields(object: Fields, taken: FieldsV1, kept: FieldsV1, schema: Schema): Fields {
  const result: Fields = { ...object };
  for (const [element, node] of Object.entries(taken)) {
    const name = element.slice(2);
    if (!element.startsWith('f:') || result[name] === undefined) continue;
    const child = fieldSchema(schema, name) ?? ANYTHING;
    const left = removeNode(result[name], node, kept[element], child);
    if (left === undefined) delete result[name];
    else result[name] = left;
  }
  return result;
}

function removeItems(list: readonly unknown[], taken: FieldsV1, kept: FieldsV1, schema: Schema): unknown[] {
  const type = listType(schema);
  const items = schema.items ?? ANYTHING;
  return list.flatMap((item) => {
    const element = itemElement(item, type, schema.items) ?? '';
    const node = taken[element];
    const left = node === undefined ? item : removeNode(item, node, kept[element], items);
    return left === undefined ? [] : [left];
  });
}

function removeNode(value: unknown, taken: FieldsV1, kept: FieldsV1 | undefined, schema: Schema): unknown {
  if (kept === undefined && isMember(taken)) return undefined;
  const left = removePaths(value, taken, kept ?? {}, schema);
  return kept === undefined && isHollow(left) ? undefined : left;
}

function isHollow(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isFields(value) && Object.keys(value).length === 0;
}
