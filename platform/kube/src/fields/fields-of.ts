import { jsonEqual } from '../model/json-equal.ts';
import { type FieldsV1, isFields } from '../model/kube-object.ts';
import { ANYTHING, fieldSchema, isAtomicMap, listType, type Schema } from '../schema/schema.ts';
import { isEmptySet } from './field-set.ts';
import { itemElement } from './list-items.ts';

/**
 * @param containers whether objects are members too beside what they hold, as for updates (`{".": {}, …}`); an applied
 *   configuration owns only what it names
 * @returns the paths that a value has
 */
export function fieldsOf(value: unknown, schema: Schema, containers = false): FieldsV1 {
  if (isFields(value)) {
    if (isAtomicMap(schema)) return {};
    const node: FieldsV1 = {};
    for (const [name, child] of Object.entries(value)) {
      if (child !== undefined)
        node[`f:${name}`] = fieldsOf(child, fieldSchema(schema, name) ?? ANYTHING, containers);
    }
    return containers && !isEmptySet(node) ? { '.': {}, ...node } : node;
  }
  return Array.isArray(value) ? fieldsOfList(value, schema, containers) : {};
}

function fieldsOfList(list: readonly unknown[], schema: Schema, containers: boolean): FieldsV1 {
  const type = listType(schema);
  if (type.type === 'atomic') return {};
  const node: FieldsV1 = {};
  for (const item of list) {
    const element = itemElement(item, type, schema.items);
    if (element === undefined) return {};
    const fields = type.type === 'set' ? {} : fieldsOf(item, schema.items ?? ANYTHING, containers);
    node[element] = isEmptySet(fields) ? fields : { ...fields, '.': {} };
  }
  return containers && !isEmptySet(node) ? { '.': {}, ...node } : node;
}

/** What differs between two versions of an object. */
export interface Change {
  /** Paths that are new or have another value. */
  readonly written: FieldsV1;
  /** Paths that are gone. */
  readonly removed: FieldsV1;
}

/** @returns the difference between two objects, by their schema's idea of what is one value. */
export function changeOf(before: unknown, after: unknown, schema: Schema): Change {
  return compare(before, after, schema) ?? { written: {}, removed: {} };
}

const LEAF: Change = { written: {}, removed: {} };

/** @returns undefined when nothing differs; LEAF when the value as a whole is another one. */
function compare(before: unknown, after: unknown, schema: Schema): Change | undefined {
  if (before === after) return undefined;
  if (isFields(before) && isFields(after) && !isAtomicMap(schema)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return collect(names, (name) => {
      const child = fieldSchema(schema, name) ?? ANYTHING;
      return [`f:${name}`, before[name], after[name], child];
    });
  }
  const type = Array.isArray(before) && Array.isArray(after) ? listType(schema) : undefined;
  if (type !== undefined && type.type !== 'atomic') {
    const index = (list: unknown) =>
      new Map(
        (list as readonly unknown[]).map((item) => [itemElement(item, type, schema.items) ?? '', item]),
      );
    const [old, next] = [index(before), index(after)];
    const child = schema.items ?? ANYTHING;
    return collect(new Set([...old.keys(), ...next.keys()]), (key) => [
      key,
      old.get(key),
      next.get(key),
      child,
    ]);
  }
  return jsonEqual(before, after) ? undefined : LEAF;
}

function collect(
  keys: Iterable<string>,
  pair: (key: string) => readonly [element: string, before: unknown, after: unknown, schema: Schema],
): Change | undefined {
  const written: FieldsV1 = {};
  const removed: FieldsV1 = {};
  for (const key of keys) {
    const [element, before, after, schema] = pair(key);
    if (before === undefined && after === undefined) continue;
    if (before === undefined) written[element] = memberNode(element, fieldsOf(after, schema, true));
    else if (after === undefined) removed[element] = memberNode(element, fieldsOf(before, schema, true));
    else addChild(element, compare(before, after, schema), written, removed);
  }
  return isEmptySet(written) && isEmptySet(removed) ? undefined : { written, removed };
}

function addChild(element: string, change: Change | undefined, written: FieldsV1, removed: FieldsV1): void {
  if (change === undefined) return;
  if (change === LEAF || !isEmptySet(change.written)) written[element] = change.written;
  if (!isEmptySet(change.removed)) removed[element] = change.removed;
}

function memberNode(element: string, node: FieldsV1): FieldsV1 {
  return element.startsWith('k:') && !isEmptySet(node) ? { ...node, '.': {} } : node;
}
