import { getOrInsert } from '../model/get-or-insert.ts';
import { jsonEqual } from '../model/json-equal.ts';
import { type Fields, isFields } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import { fieldSchema, type Schema } from './schema.ts';

/**
 * Checks a value against a structural schema.
 * @returns every problem with its path; nothing when the value fits
 */
export function validate(value: unknown, schema: Schema, path = ''): readonly StatusCause[] {
  const problems: StatusCause[] = [];
  check(value, schema, path, problems);
  return problems;
}

function check(value: unknown, schema: Schema, path: string, problems: StatusCause[]): void {
  if (value === null && schema.nullable) return;
  if (!hasType(value, schema)) {
    problems.push(wrongType(value, schema, path));
    return;
  }
  checkEnum(value, schema, path, problems);
  if (typeof value === 'string') checkString(value, schema, path, problems);
  else if (typeof value === 'number') checkNumber(value, schema, path, problems);
  else if (Array.isArray(value)) checkList(value, schema, path, problems);
  else if (isFields(value)) checkFields(value, schema, path, problems);
  checkJunctors(value, schema, path, problems);
}

function hasType(value: unknown, schema: Schema): boolean {
  if (schema['x-kubernetes-int-or-string']) return typeof value === 'string' || typeof value === 'number';
  switch (schema.type) {
    case 'object':
      return isFields(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === schema.type;
    default:
      return true;
  }
}

function wrongType(value: unknown, schema: Schema, field: string): StatusCause {
  const expected = schema['x-kubernetes-int-or-string'] ? 'integer or string' : schema.type;
  const got = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const message = `Invalid value: "${got}": ${field || '<root>'} in body must be of type ${expected}: "${got}"`;
  return { reason: 'FieldValueTypeInvalid', field, message };
}

function problem(value: unknown, field: string, message: string): StatusCause {
  const shown = JSON.stringify(value) ?? 'null';
  const short = shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${short}: ${message}` };
}

function checkEnum(value: unknown, schema: Schema, field: string, problems: StatusCause[]): void {
  if (schema.enum === undefined || schema.enum.some((each) => jsonEqual(each, value))) return;
  const supported = schema.enum.map((each) => JSON.stringify(each)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`;
  problems.push({ reason: 'FieldValueNotSupported', field, message });
}

function checkString(value: string, schema: Schema, path: string, problems: StatusCause[]): void {
  const { minLength, maxLength, pattern, format } = schema;
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  if (minLength !== undefined && length < minLength)
    problems.push(problem(value, path, `should be at least ${minLength} chars long`));
  if (maxLength !== undefined && length > maxLength)
    problems.push(problem(value, path, `may not be longer than ${maxLength}`));
  if (pattern !== undefined && !matcher(pattern).test(value))
    problems.push(problem(value, path, `should match '${pattern}'`));
  if (format === 'date-time' && Number.isNaN(Date.parse(value)))
    problems.push(problem(value, path, 'must be of type date-time'));
}

function checkNumber(value: number, schema: Schema, path: string, problems: StatusCause[]): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    problems.push(
      problem(value, path, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`),
    );
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    problems.push(
      problem(value, path, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`),
    );
  if (schema.format === 'int32' && Math.abs(value) > 2 ** 31)
    problems.push(problem(value, path, 'must be a 32-bit integer'));
  if (multipleOf !== undefined && value % multipleOf !== 0)
    problems.push(problem(value, path, `should be a multiple of ${multipleOf}`));
}

function checkList(list: readonly unknown[], schema: Schema, path: string, problems: StatusCause[]): void {
  const { minItems, maxItems, uniqueItems, items } = schema;
  if (minItems !== undefined && list.length < minItems)
    problems.push(problem(list.length, path, `should have at least ${minItems} items`));
  if (maxItems !== undefined && list.length > maxItems)
    problems.push({
      reason: 'FieldValueTooMany',
      field: path,
      message: `Too many: ${list.length}: must have at most ${maxItems} items`,
    });
  if (uniqueItems || schema['x-kubernetes-list-type'] === 'set' || schema['x-kubernetes-list-type'] === 'map')
    checkUnique(list, schema, path, problems);
  if (items !== undefined)
    list.forEach((item, index) => {
      check(item, items, `${path}[${index}]`, problems);
    });
}

function checkUnique(list: readonly unknown[], schema: Schema, path: string, problems: StatusCause[]): void {
  const keys = schema['x-kubernetes-list-map-keys'];
  const seen = new Set<string>();
  list.forEach((item, index) => {
    const key = JSON.stringify(keys && isFields(item) ? keys.map((name) => item[name]) : item);
    if (seen.has(key))
      problems.push({
        reason: 'FieldValueDuplicate',
        field: `${path}[${index}]`,
        message: `Duplicate value: ${key}`,
      });
    seen.add(key);
  });
}

function checkFields(object: Fields, schema: Schema, path: string, problems: StatusCause[]): void {
  const count = Object.keys(object).length;
  if (schema.minProperties !== undefined && count < schema.minProperties)
    problems.push(problem(count, path, `should have at least ${schema.minProperties} properties`));
  if (schema.maxProperties !== undefined && count > schema.maxProperties)
    problems.push(problem(count, path, `must have at most ${schema.maxProperties} properties`));
  for (const name of schema.required ?? []) {
    if (object[name] === undefined)
      problems.push({ reason: 'FieldValueRequired', field: join(path, name), message: 'Required value' });
  }
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const child = fieldSchema(schema, name);
    // A null that the schema does not allow is dropped by the API server's decoder and means "not set".
    if (child !== undefined && !(value === null && !child.nullable))
      check(value, child, join(path, name), problems);
  }
}

function checkJunctors(value: unknown, schema: Schema, path: string, problems: StatusCause[]): void {
  for (const each of schema.allOf ?? []) check(value, each, path, problems);
  const fits = (each: Schema) => validate(value, each, path).length === 0;
  if (schema.anyOf && !schema['x-kubernetes-int-or-string'] && !schema.anyOf.some(fits))
    problems.push(problem(value, path, 'must validate at least one schema (anyOf)'));
  if (schema.oneOf && schema.oneOf.filter(fits).length !== 1)
    problems.push(problem(value, path, 'must validate one and only one schema (oneOf)'));
  if (schema.not && fits(schema.not))
    problems.push(problem(value, path, 'must not validate the schema (not)'));
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const matchers = new Map<string, RegExp>();

/** Patterns are RE2 in Kubernetes; those that JavaScript cannot compile match everything. */
function matcher(pattern: string): RegExp {
  return getOrInsert(matchers, pattern, () => compile(pattern));
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return /(?:)/;
  }
}
