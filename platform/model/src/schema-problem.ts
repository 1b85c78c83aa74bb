import { z } from 'zod';
import type { Problem } from './errors.ts';
import { suggestion } from './suggestion.ts';

interface Positions {
  readonly file: string;
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number | undefined;
  lineOfKey(path: readonly PropertyKey[], key: string): number | undefined;
}

/** Turns what zod found into problems with file, line, path and, for a near miss, a suggestion. */
export function schemaProblems(file: Positions, schema: z.ZodType, error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) => issueProblems(file, schema, issue));
}

/** Prints a path as `spec.clusters[1].name`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part);
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

function issueProblems(file: Positions, schema: z.ZodType, issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path, file.value);
    return issue.keys.map((key) => ({
      file: file.file,
      line: file.lineOfKey(issue.path, key),
      path: formatPath([...issue.path, key]),
      message: `unknown field "${key}"`,
      suggestion: suggestion(key, known),
    }));
  }
  const written = valueAt(file.value, issue.path);
  return [
    {
      file: file.file,
      line: file.lineOf(issue.path),
      path: formatPath(issue.path),
      message: describe(issue, written),
      suggestion: suggestionFor(issue, written),
    },
  ];
}

function describe(issue: z.core.$ZodIssue, written: unknown): string {
  if (issue.code === 'invalid_key') return `${issue.issues[0]?.message ?? 'invalid key'}`;
  const expectation = expectationOf(issue);
  if (expectation === undefined) return issue.message;
  return written === undefined ? `${expectation}, got nothing` : `${expectation}, got ${show(written)}`;
}

function expectationOf(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `expected ${issue.origin} of at least ${issue.minimum}`;
    case 'too_big':
      return `expected ${issue.origin} of at most ${issue.maximum}`;
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : undefined;
      return options === undefined
        ? undefined
        : `expected ${options.map((option) => JSON.stringify(option)).join(' or ')}`;
    }
    default:
      return issue.message.startsWith('expected') ? issue.message : undefined;
  }
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return JSON.stringify(value) ?? String(value);
}

function suggestionFor(issue: z.core.$ZodIssue, written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined;
  if (issue.code === 'invalid_value') return suggestion(written, issue.values.map(String));
  return undefined;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (current, part) =>
      typeof current === 'object' && current !== null
        ? (current as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );
}

/** The fields that a schema knows at a path: a walk through wrappers, objects, lists, maps and unions. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): readonly string[] {
  const inner = unwrap(schema, value);
  if (path.length === 0) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const [head, ...rest] = path;
  const child = head === undefined ? undefined : childOf(inner, head);
  return child === undefined ? [] : keysAt(child, rest, valueAt(value, path.slice(0, 1)));
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.ZodType | undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}

function unwrap(schema: z.ZodType, value: unknown): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrap(schema.def.innerType as z.ZodType, value);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options = schema.options as readonly z.ZodType[];
    const type = valueAt(value, [schema.def.discriminator]);
    const chosen = options.find(
      (option) =>
        option instanceof z.ZodObject && matchesLiteral(option.shape[schema.def.discriminator], type),
    );
    return chosen ?? schema;
  }
  return schema;
}

function matchesLiteral(schema: unknown, value: unknown): boolean {
  return schema instanceof z.ZodLiteral && schema.safeParse(value).success;
}
