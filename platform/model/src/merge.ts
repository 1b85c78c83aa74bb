/** A value that YAML and JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** A mapping of JSON values. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Whether a value is a mapping, not a list and not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Lays `over` on `base`: mappings merge by key, everything else (lists too) is replaced. That is how Helm merges
 * values files (https://helm.sh/docs/chart_template_guide/values_files/), except that `null` stays a value.
 */
export function mergeJson(base: JsonValue, over: JsonValue | undefined): JsonValue {
  if (over === undefined) return base;
  if (!isJsonObject(base) || !isJsonObject(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, mergedEntry(base[key], over[key])]));
}

function mergedEntry(base: JsonValue | undefined, over: JsonValue | undefined): JsonValue {
  return base === undefined ? (over ?? null) : mergeJson(base, over);
}
