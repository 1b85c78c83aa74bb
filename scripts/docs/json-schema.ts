/** What of a JSON Schema (draft 2020-12) the reference shows; the rest is for validators. */
export interface JsonSchema {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly additionalProperties?: boolean | JsonSchema | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}

/** A field as one row of a table. */
export interface Field {
  /** For example `spec.environments[].gates[].for`. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  /** As JSON; empty where there is none. */
  readonly fallback: string;
  readonly description: string;
}

/** Fields whose content repeats another part of the same document. */
const NOT_OPENED = new Set(['spec.overlays']);

/** Every field below a schema, depth first, in the order in which they are declared. */
export function fieldsOf(schema: JsonSchema, path = ''): readonly Field[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const row = fieldOf(at, field, schema.required?.includes(name) ?? false);
    return NOT_OPENED.has(at) ? [row] : [row, ...fieldsOf(field, at)];
  });
  const items = schema.items === undefined ? [] : fieldsOf(schema.items, `${path}[]`);
  const map = isSchema(schema.additionalProperties)
    ? fieldsOf(schema.additionalProperties, `${path}.<name>`)
    : [];
  return [...own, ...items, ...map, ...alternatives(schema, path)];
}

/** The fields of each alternative, marked with the constant that picks it: `gates[type=soak].for`. */
function alternatives({ oneOf = [], anyOf = [] }: JsonSchema, path: string): readonly Field[] {
  return [...oneOf, ...anyOf].flatMap((alternative) => {
    const picked = Object.entries(alternative.properties ?? {}).find(
      ([, field]) => field.const !== undefined,
    );
    if (picked === undefined) return fieldsOf(alternative, path);
    const [name, { const: value, description = '' }] = picked;
    const at = `${path.replace(/\[\]$/, '')}[${name}=${String(value)}]`;
    const rest = Object.entries(alternative.properties ?? {}).filter(([key]) => key !== name);
    const row = { path: at, type: 'object', required: false, fallback: '', description };
    return [row, ...fieldsOf({ ...alternative, properties: Object.fromEntries(rest) }, at)];
  });
}

function fieldOf(path: string, schema: JsonSchema, required: boolean): Field {
  const fallback =
    schema.default === undefined || isEmpty(schema.default) ? '' : JSON.stringify(schema.default);
  return { path, type: typeOf(schema), required, fallback, description: schema.description ?? '' };
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array')
    return `list of ${schema.items === undefined ? 'anything' : typeOf(schema.items)}`;
  if (schema.type === 'object' && isSchema(schema.additionalProperties))
    return `map of ${typeOf(schema.additionalProperties)}`;
  const options = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  if (schema.type === undefined) {
    return [...new Set(options.map(typeOf))].join(' or ') || 'anything';
  }
  return `${schema.type}${rangeOf(schema)}`;
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  const last = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum === undefined && last === undefined) return '';
  if (last === undefined) return `, at least ${minimum}`;
  return minimum === undefined ? `, at most ${last}` : `, ${minimum} to ${last}`;
}

function isSchema(value: boolean | JsonSchema | undefined): value is JsonSchema {
  return typeof value === 'object' && Object.keys(value).length > 0;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
