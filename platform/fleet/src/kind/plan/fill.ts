import { isJsonObject, type JsonValue } from '@drydock/model';

/** Values that commands captured, by name. */
export type Values = ReadonlyMap<string, string>;

const PLACE = /%\{([\w.-]+)\}/g;

/** Puts captured values in the place of `%{name}`. @throws Error when one was not captured, which a plan rules out */
export function fillText(text: string, values: Values): string {
  return text.replace(PLACE, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`the value "${name}" is used before a command has printed it`);
    return value;
  });
}

/** {@link fillText} for every string in a value. */
export function fillJson(value: JsonValue, values: Values): JsonValue {
  if (typeof value === 'string') return fillText(value, values);
  if (Array.isArray(value)) return value.map((item) => fillJson(item, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillJson(item, values)]));
}
