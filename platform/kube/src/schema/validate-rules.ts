import { Environment } from '@marcbachmann/cel-js';
import { getOrInsert } from '../model/get-or-insert.ts';
import { isFields } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import { fieldSchema, type Schema, type ValidationRule } from './schema.ts';

/**
 * Checks the CEL rules (`x-kubernetes-validations`) of a schema.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 *
 * A rule that cannot be evaluated here, because it uses functions of Kubernetes' own that the CEL library lacks
 * (`quantity`, `isURL`, …), is not enforced; neither are rules about the former value of list items.
 *
 * @param before the former value, for rules with `oldSelf`
 */
export function ruleProblems(
  value: unknown,
  before: unknown,
  schema: Schema,
  path = '',
): readonly StatusCause[] {
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) =>
    problemOf(rule, { value, before, schema, path }),
  );
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return own;
    return [
      ...own,
      ...value.flatMap((item, index) => ruleProblems(item, undefined, items, `${path}[${index}]`)),
    ];
  }
  if (!isFields(value)) return own;
  const below = Object.entries(value).flatMap(([name, child]) => {
    const childSchema = fieldSchema(schema, name);
    if (childSchema === undefined || childSchema.model !== undefined) return [];
    const former = isFields(before) ? before[name] : undefined;
    return ruleProblems(child, former, childSchema, path === '' ? name : `${path}.${name}`);
  });
  return [...own, ...below];
}

interface Subject {
  readonly value: unknown;
  readonly before: unknown;
  readonly schema: Schema;
  readonly path: string;
}

type Program = (context: Record<string, unknown>) => unknown;

const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
  .registerVariable('self', 'dyn')
  .registerVariable('oldSelf', 'dyn');
const programs = new Map<string, Program>();

function problemOf(rule: ValidationRule, { value, before, schema, path }: Subject): readonly StatusCause[] {
  if (/\boldSelf\b/.test(rule.rule) && before === undefined) return [];
  const context = { self: celValue(value, schema), oldSelf: celValue(before, schema) };
  if (evaluate(rule.rule, context) !== false) return [];
  const computed =
    rule.messageExpression === undefined ? undefined : evaluate(rule.messageExpression, context);
  const text = typeof computed === 'string' ? computed : (rule.message ?? `failed rule: ${rule.rule}`);
  const field = rule.fieldPath === undefined ? path : `${path}${rule.fieldPath}`;
  return [{ reason: rule.reason ?? 'FieldValueInvalid', field, message: `Invalid value: ${text}` }];
}

/** @returns undefined when the expression cannot be evaluated. */
function evaluate(expression: string, context: Record<string, unknown>): unknown {
  try {
    return getOrInsert(programs, expression, () => environment.parse(expression) as Program)(context);
  } catch {
    return undefined;
  }
}

/** CEL's integers are bigints in JavaScript; which numbers are integers, the schema knows. */
function celValue(value: unknown, schema: Schema): unknown {
  if (typeof value === 'number')
    return schema.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema.items ?? {}));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, celValue(child, fieldSchema(schema, name) ?? {})]),
  );
}
