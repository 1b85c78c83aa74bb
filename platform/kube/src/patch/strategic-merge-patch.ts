import { jsonEqual } from '../model/json-equal.ts';
import { type Fields, isFields } from '../model/kube-object.ts';
import { badRequest } from '../model/status-error.ts';
import { ANYTHING, fieldSchema, type Schema } from '../schema/schema.ts';

/**
 * Applies a strategic merge patch: a merge patch in which lists with a merge key are merged item by item, with the
 * directives `$patch: replace | delete | merge`, `$retainKeys`, `$deleteFromPrimitiveList/…` and `$setElementOrder/…`.
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 *
 * @returns a new value; the given one is not changed
 * @throws StatusError 400 for a directive that cannot be followed
 */
export function applyStrategicMergePatch(value: unknown, patch: unknown, schema: Schema): unknown {
  if (!isFields(patch)) return patch;
  const { $patch: directive, $retainKeys: retained, ...changes } = patch;
  if (directive === 'replace') return changes;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw badRequest(`unknown patch directive ${JSON.stringify(directive)}`);
  const result: Fields = isFields(value) ? { ...value } : {};
  for (const [name, change] of Object.entries(changes)) {
    if (!name.startsWith('$')) patchField(result, name, change, fieldSchema(schema, name) ?? ANYTHING);
  }
  for (const [name, change] of Object.entries(changes)) followDirective(result, name, change, schema);
  if (Array.isArray(retained))
    for (const name of Object.keys(result)) if (!retained.includes(name)) delete result[name];
  return result;
}

function patchField(result: Fields, name: string, change: unknown, schema: Schema): void {
  if (change === null) delete result[name];
  else if (Array.isArray(change)) result[name] = patchList(result[name], change, schema);
  else if (schema['x-kubernetes-patch-strategy'] === 'replace') result[name] = change;
  else result[name] = applyStrategicMergePatch(result[name], change, schema);
}

function patchList(live: unknown, patch: readonly unknown[], schema: Schema): unknown {
  const merges = schema['x-kubernetes-patch-strategy']?.startsWith('merge') === true;
  const key = schema['x-kubernetes-patch-merge-key'];
  const list = Array.isArray(live) ? live : [];
  if (key !== undefined && merges) return patchItems(list, patch, key, schema.items ?? ANYTHING);
  const added = patch.filter((item) => !isFields(item) || item.$patch === undefined);
  return merges ? [...list, ...added.filter((item) => !list.some((each) => jsonEqual(each, item)))] : added;
}

function patchItems(
  live: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  items: Schema,
): unknown[] {
  const replace = patch.some(
    (item) => isFields(item) && item.$patch === 'replace' && item[key] === undefined,
  );
  let result = replace ? [] : [...live];
  for (const item of patch) {
    if (!isFields(item)) throw badRequest(`the items of the list need the merge key ${key}`);
    if (item[key] === undefined) {
      if (item.$patch === 'replace') continue;
      throw badRequest(
        `map: ${JSON.stringify(item).slice(0, 200)} does not contain declared merge key: ${key}`,
      );
    }
    const position = result.findIndex((each) => isFields(each) && each[key] === item[key]);
    if (item.$patch === 'delete')
      result = result.filter((each) => !isFields(each) || each[key] !== item[key]);
    else if (position === -1) result.push(applyStrategicMergePatch({}, item, items));
    else result[position] = applyStrategicMergePatch(result[position], item, items);
  }
  return result;
}

function followDirective(result: Fields, directive: string, value: unknown, schema: Schema): void {
  const [kind, field = ''] = directive.split('/', 2);
  const list = result[field];
  if (!Array.isArray(list) || !Array.isArray(value)) return;
  if (kind === '$deleteFromPrimitiveList') {
    result[field] = list.filter((item) => !value.some((gone) => jsonEqual(item, gone)));
  } else if (kind === '$setElementOrder') {
    const key = fieldSchema(schema, field)?.['x-kubernetes-patch-merge-key'];
    result[field] = inOrder(list, value, key);
  }
}

/** Items that the order does not name keep their place after those before them. */
function inOrder(list: readonly unknown[], order: readonly unknown[], key: string | undefined): unknown[] {
  const nameOf = (item: unknown) => (key !== undefined && isFields(item) ? item[key] : item);
  const position = (item: unknown) => order.findIndex((each) => jsonEqual(nameOf(each), nameOf(item)));
  const named = list.filter((item) => position(item) !== -1).sort((a, b) => position(a) - position(b));
  const result: unknown[] = [];
  for (const item of list) result.push(position(item) === -1 ? item : named.shift());
  return result;
}
