import { at, type KubeObject } from './kube-object.ts';
import { badRequest } from './status-error.ts';

/** Decides whether an object is selected. */
export type Predicate = (object: KubeObject) => boolean;

/**
 * Parses a label selector: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, separated by commas.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * @returns undefined for an empty selector
 * @throws StatusError 400
 */
export function parseLabelSelector(text: string): Predicate | undefined {
  if (text.trim() === '') return undefined;
  const requirements = splitRequirements(text).map(parseRequirement);
  return (object) => requirements.every((requirement) => requirement(object.metadata.labels ?? {}));
}

/**
 * Parses a field selector: `a.b=c`, `a.b==c`, `a.b!=c`, separated by commas.
 * @param supported the fields that may be selected
 * @throws StatusError 400
 */
export function parseFieldSelector(text: string, supported: readonly string[]): Predicate | undefined {
  if (text.trim() === '') return undefined;
  const terms = text.split(',').map((term) => {
    const [, field = '', operator, value = ''] = /^\s*([^=!\s]+)\s*(!=|==?)\s*(.*?)\s*$/.exec(term) ?? [];
    if (operator === undefined) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    if (!supported.includes(field)) throw badRequest(`field label not supported: ${field}`);
    const path = field.split('.');
    return { path, value, equal: operator !== '!=' };
  });
  return (object) =>
    terms.every(({ path, value, equal }) => (String(at(object, ...path) ?? '') === value) === equal);
}

/** @returns the name that a field selector asks for, when it asks for exactly one. */
export function nameInFieldSelector(text: string): string | undefined {
  return /^metadata\.name==?([^,]+)$/.exec(text.trim())?.[1];
}

/** `matchLabels` and `matchExpressions`. */
export function matchesLabelSelector(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries((at(selector, 'matchLabels') ?? {}) as Record<string, string>);
  if (!wanted.every(([name, value]) => labels[name] === value)) return false;
  const expressions = at(selector, 'matchExpressions');
  return !Array.isArray(expressions) || expressions.every((each) => matchesExpression(each, labels));
}

function matchesExpression(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[String(at(expression, 'key'))];
  const values = (at(expression, 'values') ?? []) as readonly string[];
  switch (at(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

/** Splits at commas outside of parentheses. */
function splitRequirements(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/).map((part) => part.trim());
}

const NAME = String.raw`(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?)?`;
const EQUALITY = new RegExp(`^(${NAME})\\s*(==|=|!=)\\s*(${VALUE})$`);
const MEMBERSHIP = new RegExp(`^(${NAME})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${NAME})$`);
const WHOLE_VALUE = new RegExp(`^${VALUE}$`);

function parseRequirement(text: string): Requirement {
  if (text.length > 1024) throw unparsable(`${text.slice(0, 40)}…`);
  const [, key = '', operator, value = ''] = EQUALITY.exec(text) ?? [];
  if (operator !== undefined) return (labels) => (labels[key] === value) === (operator !== '!=');
  const [, name = '', membership, list = ''] = MEMBERSHIP.exec(text) ?? [];
  if (membership !== undefined) return memberOf(name, list, membership === 'in', text);
  const [, not, label = ''] = EXISTENCE.exec(text) ?? [];
  if (not === undefined) throw unparsable(text);
  return (labels) => Object.hasOwn(labels, label) === (not === '');
}

function memberOf(name: string, list: string, wanted: boolean, text: string): Requirement {
  const values = list.split(',').map((value) => value.trim());
  if (!values.every((value) => WHOLE_VALUE.test(value))) throw unparsable(text);
  return (labels) => {
    const value = labels[name];
    return value === undefined ? !wanted : values.includes(value) === wanted;
  };
}

function unparsable(text: string): Error {
  return badRequest(
    `unable to parse requirement: ${JSON.stringify(text)} is not a valid label selector requirement`,
  );
}
