import { isFields } from '../model/kube-object.ts';
import { invalid, type StatusError } from '../model/status-error.ts';
import type { ListType, Schema } from '../schema/schema.ts';

/**
 * @returns the path element that names an item of a list: `v:"…"` in a set, `k:{…}` in a map; undefined for an item
 *   without its keys.
 */
export function itemElement(item: unknown, type: ListType, items: Schema | undefined): string | undefined {
  if (type.type === 'set') return `v:${JSON.stringify(item)}`;
  if (type.type !== 'map' || !isFields(item)) return undefined;
  const key: Record<string, unknown> = {};
  for (const name of [...type.keys].sort()) {
    const value = item[name] ?? items?.properties?.[name]?.default;
    if (value !== undefined) key[name] = value;
  }
  return Object.keys(key).length === 0 ? undefined : `k:${JSON.stringify(key)}`;
}

/**
 * @returns the items of a set or map list by path element
 * @throws StatusError 422 when two items have the same key, or one has none
 */
export function itemsByElement(
  list: readonly unknown[],
  type: ListType,
  items: Schema | undefined,
): Map<string, unknown> {
  const result = new Map<string, unknown>();
  for (const item of list) {
    const element = itemElement(item, type, items);
    if (element === undefined || result.has(element)) throw badItem(element);
    result.set(element, item);
  }
  return result;
}

function badItem(element: string | undefined): StatusError {
  const message =
    element === undefined ? 'list item lacks its key fields' : `duplicate entries for key ${element}`;
  return invalid({ group: '', plural: '', kind: '' }, '', [{ reason: 'FieldValueDuplicate', message }]);
}
