import { type Fields, isFields } from '../model/kube-object.ts';

/**
 * Applies a JSON Merge Patch (RFC 7386).
 * @returns a new value; the given one is not changed
 */
export function applyMergePatch(value: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const result: Fields = isFields(value) ? { ...value } : {};
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) delete result[name];
    else result[name] = applyMergePatch(result[name], change);
  }
  return result;
}
