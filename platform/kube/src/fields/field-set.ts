import type { FieldsV1 } from '../model/kube-object.ts';

/** Algebra on sets of field paths in the form of `managedFields`; sets are never changed in place. */

/** @returns whether a node is itself in the set (and not only something below it). */
export function isMember(node: FieldsV1): boolean {
  return '.' in node || Object.keys(node).length === 0;
}

/** @returns whether a set, seen from its root, has no path. */
export function isEmptySet(set: FieldsV1): boolean {
  for (const _ in set) return false;
  return true;
}

/** @returns the paths that are in one of the sets. */
export function union(a: FieldsV1, b: FieldsV1): FieldsV1 {
  const result: FieldsV1 = { ...a };
  for (const [element, node] of Object.entries(b)) {
    const other = a[element];
    result[element] = other === undefined || element === '.' ? node : unionNodes(other, node);
  }
  return result;
}

/** @returns the paths of `a` that are not in `b`. */
export function difference(a: FieldsV1, b: FieldsV1): FieldsV1 {
  return combine(a, b, true, (inA, inB) => inA && !inB);
}

/** @returns the paths that are in both. */
export function intersection(a: FieldsV1, b: FieldsV1): FieldsV1 {
  return combine(a, b, false, (inA, inB) => inA && inB);
}

/** @returns the paths as the API prints them: `.spec.template.spec.containers[name="app"].image`. */
export function paths(set: FieldsV1, prefix = ''): readonly string[] {
  return Object.entries(set).flatMap(([element, node]) => {
    if (element === '.') return [];
    const path = `${prefix}${printElement(element)}`;
    return isMember(node) ? [path, ...paths(node, path)] : paths(node, path);
  });
}

function unionNodes(a: FieldsV1, b: FieldsV1): FieldsV1 {
  const children = union(a, b);
  if (!isEmptySet(children) && (isMember(a) || isMember(b))) return { '.': {}, ...children };
  return children;
}

function combine(
  a: FieldsV1,
  b: FieldsV1,
  keep: boolean,
  rule: (a: boolean, b: boolean) => boolean,
): FieldsV1 {
  const result: FieldsV1 = {};
  for (const [element, node] of Object.entries(a)) {
    if (element === '.') continue;
    const other = b[element];
    const combined = other === undefined ? (keep ? node : undefined) : combineNodes(node, other, keep, rule);
    if (combined !== undefined) result[element] = combined;
  }
  return result;
}

function combineNodes(
  a: FieldsV1,
  b: FieldsV1,
  keep: boolean,
  rule: (a: boolean, b: boolean) => boolean,
): FieldsV1 | undefined {
  const children = combine(a, b, keep, rule);
  const member = rule(isMember(a), isMember(b));
  if (isEmptySet(children)) return member ? {} : undefined;
  return member ? { '.': {}, ...children } : children;
}

function printElement(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  if (element.startsWith('i:')) return `[${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
