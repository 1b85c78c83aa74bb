import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getOrInsert } from '../model/get-or-insert.ts';
import { DEFAULT_VALUES } from './default-values.ts';
import { mergeMarks } from './list-rules.ts';
import { ANYTHING, type Schema } from './schema.ts';

/**
 * The schema of a built-in type. Names, types and formats come from the models of `@kubernetes/client-node`, which are
 * generated from Kubernetes' own OpenAPI document: they are read from that package when they are first needed, so
 * nothing of them is copied here and a new version of the client brings the new fields.
 *
 * @param model e.g. `V1Deployment`
 */
export function modelSchema(model: string): Schema {
  return getOrInsert(cache, model, () => lateSchema(model));
}

const cache = new Map<string, Schema>();
const MODELS = join(dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node')), 'gen/models');

/** Fields that hold quantities, which may be written as numbers too; the client calls them strings. */
const QUANTITIES = new Set(
  `V1ResourceRequirements.limits V1ResourceRequirements.requests V1VolumeResourceRequirements.limits
  V1VolumeResourceRequirements.requests V1LimitRangeItem._default V1LimitRangeItem.default V1LimitRangeItem.defaultRequest
  V1LimitRangeItem.max V1LimitRangeItem.min V1LimitRangeItem.maxLimitRequestRatio V1ResourceQuotaSpec.hard
  V1ResourceQuotaStatus.hard V1ResourceQuotaStatus.used V1NodeStatus.capacity V1NodeStatus.allocatable
  V1PersistentVolumeSpec.capacity V1PersistentVolumeClaimStatus.capacity V1PodSpec.overhead
  V1EmptyDirVolumeSource.sizeLimit V1ResourceFieldSelector.divisor V2MetricTarget.averageValue V2MetricTarget.value
  V2MetricValueStatus.averageValue V2MetricValueStatus.value`.split(/\s+/),
);

interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/** Reads its parts on first use: a Pod alone reaches some hundred types, and types refer to themselves. */
function lateSchema(model: string): Schema {
  let properties: { readonly [name: string]: Schema } | undefined;
  return {
    type: 'object',
    model,
    get properties() {
      properties ??= Object.fromEntries(
        attributesOf(model).map((each) => [each.baseName, fieldOf(model, each)]),
      );
      return properties;
    },
    get description() {
      return declarationOf(model).description;
    },
    get required() {
      return declarationOf(model).required;
    },
  };
}

/** @returns what a field of a built-in type is for, in the words of Kubernetes' API reference. */
export function describeField(schema: Schema, field: string): string | undefined {
  return schema.model === undefined ? undefined : declarationOf(schema.model).fields.get(field);
}

function attributesOf(model: string): readonly Attribute[] {
  const source = readFileSync(join(MODELS, `${model}.js`), 'utf8');
  const [, list = '[]'] = /attributeTypeMap = (\[[\s\S]*?\n\]|\[\]);/.exec(source) ?? [];
  return JSON.parse(list) as Attribute[];
}

function fieldOf(model: string, { baseName, type, format }: Attribute): Schema {
  const quantity = QUANTITIES.has(`${model}.${baseName}`);
  const base = quantity ? quantitySchema(type) : typeSchema(type, format);
  const marks = mergeMarks(model, baseName, base.model);
  const value = DEFAULT_VALUES[model]?.[baseName];
  const range = model.endsWith('Spec') || model.endsWith('Port') ? rangeOf(baseName) : {};
  const own = { ...marks, ...range };
  if (Object.keys(own).length === 0 && value === undefined) return base;
  return derive(base, { ...own, ...(value === undefined ? {} : { default: value }) });
}

const COUNTS = new Set(
  `replicas parallelism completions backoffLimit minReplicas minReadySeconds revisionHistoryLimit progressDeadlineSeconds
  activeDeadlineSeconds ttlSecondsAfterFinished terminationGracePeriodSeconds`.split(/\s+/),
);
const PORTS = new Set(['port', 'containerPort']);

/** Ranges that the validation of Kubernetes checks and the client's models do not carry. */
function rangeOf(field: string): Partial<Schema> {
  if (COUNTS.has(field)) return { minimum: 0 };
  return PORTS.has(field) ? { minimum: 1, maximum: 65_535 } : {};
}

/** A schema with marks of its own, which still reads its properties late. */
function derive(base: Schema, marks: Partial<Schema>): Schema {
  if (base.model === undefined) return { ...base, ...marks };
  return Object.assign(Object.create(base) as Schema, marks);
}

function quantitySchema(type: string): Schema {
  const quantity: Schema = { 'x-kubernetes-int-or-string': true, format: 'quantity' };
  return type.startsWith('{') ? { type: 'object', additionalProperties: quantity } : quantity;
}

function typeSchema(type: string, format: string): Schema {
  const list = /^Array<(.*)>$/.exec(type)?.[1];
  if (list !== undefined) return { type: 'array', items: typeSchema(list, format) };
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map !== undefined) return { type: 'object', additionalProperties: typeSchema(map, format) };
  return scalarSchema(type, format) ?? modelSchema(type);
}

function scalarSchema(type: string, format: string): Schema | undefined {
  switch (type) {
    case 'string':
      return format === '' ? { type: 'string' } : { type: 'string', format };
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return format.startsWith('int') ? { type: 'integer', format } : { type: 'number' };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'IntOrString':
      return { 'x-kubernetes-int-or-string': true };
    case 'any':
    case 'object':
      return ANYTHING;
    default:
      return undefined;
  }
}

interface Declaration {
  readonly description: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly required: readonly string[];
}

const declarations = new Map<string, Declaration>();

function declarationOf(model: string): Declaration {
  return getOrInsert(declarations, model, () => readDeclaration(model));
}

const FIELD = /\/\*\*\n((?: *\*[^/\n][^\n]*\n| *\*\n)+) *\*\/\n *'([^']+)'(\??):/g;

function readDeclaration(model: string): Declaration {
  const source = readFileSync(join(MODELS, `${model}.d.ts`), 'utf8');
  const names = new Map(attributesOf(model).map(({ name, baseName }) => [name, baseName]));
  const [, description = ''] =
    /\/\*\*\n((?:\*[^/\n][^\n]*\n|\*\n)+)\*\/\nexport declare class/.exec(source) ?? [];
  const fields = new Map<string, string>();
  const required = [...source.matchAll(/^ {4}'([^']+)':/gm)].map(([, name = '']) => names.get(name) ?? name);
  for (const [, text = '', name = ''] of source.matchAll(FIELD))
    fields.set(names.get(name) ?? name, plain(text));
  return { description: plain(description), fields, required };
}

function plain(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^ *\* ?/, ''))
    .join('\n')
    .trim()
    .replaceAll(/\\(['"`])/g, '$1');
}
