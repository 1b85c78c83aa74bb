import { isRecord } from './kube-object.ts';

/** Applies a JSON merge patch (RFC 7386); the inputs stay as they are. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else if (value !== undefined) result[name] = mergePatch(result[name], value);
  }
  return result;
}

/** The JSON merge patch that leads from one value to another, or `undefined` when they are equal. */
export function createMergePatch(from: unknown, to: unknown): unknown {
  if (!isRecord(from) || !isRecord(to)) return sameJson(from, to) ? undefined : to;
  const patch: Record<string, unknown> = {};
  for (const name of Object.keys(from)) if (to[name] === undefined) patch[name] = null;
  for (const [name, value] of Object.entries(to)) {
    if (value === undefined) continue;
    const change = isRecord(value) && isRecord(from[name]) ? createMergePatch(from[name], value) : value;
    if (change !== undefined && !sameJson(from[name], value)) patch[name] = change;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** Equality of JSON values; a missing field equals an undefined one, and the order of fields does not matter. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameJson(a[name], b[name]));
}
