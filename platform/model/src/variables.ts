import { isJsonObject, type JsonValue } from './merge.ts';

/** What a values file may refer to as `${{ name }}`, each different from cluster to cluster. */
export const VARIABLES = [
  'fleet.name',
  'fleet.repository',
  'environment.name',
  'cluster.name',
  'cluster.id',
  'cluster.provider',
  'cluster.podSubnet',
  'cluster.serviceSubnet',
  'hub.name',
] as const;
export type Variable = (typeof VARIABLES)[number];

const REFERENCE = /\$\{\{\s*([^}]*?)\s*\}\}/g;

/** The `${{ … }}` names in a value that are not {@link VARIABLES}, with the path at which each stands. */
export function unknownVariables(
  value: JsonValue,
  path: readonly PropertyKey[] = [],
): readonly { readonly path: readonly PropertyKey[]; readonly name: string }[] {
  if (typeof value === 'string') {
    const names = [...value.matchAll(REFERENCE)].map(([, name = '']) => name);
    return names.filter((name) => !VARIABLES.includes(name as Variable)).map((name) => ({ path, name }));
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownVariables(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownVariables(item, [...path, key]));
}

/** A value with every `${{ … }}` replaced. A string that is nothing but one reference to a number becomes a number. */
export function substitute(
  value: JsonValue,
  variables: Readonly<Record<Variable, string | number>>,
): JsonValue {
  if (typeof value === 'string') return substituteText(value, variables);
  if (Array.isArray(value)) return value.map((item) => substitute(item, variables));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, variables)]));
}

function substituteText(text: string, variables: Readonly<Record<Variable, string | number>>): JsonValue {
  if (!text.includes('${{')) return text;
  const [whole] = [...text.matchAll(REFERENCE)];
  if (whole?.[0] === text) return variables[whole[1] as Variable];
  return text.replace(REFERENCE, (_, name: string) => String(variables[name as Variable]));
}
