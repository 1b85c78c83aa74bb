import { getOrInsert } from './get-or-insert.ts';
import { type Fields, isFields } from './kube-object.ts';

/** One step of a path: into a field, an item, all items, or the items for which a field has a value. */
type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly path: readonly string[]; readonly value: string };

/**
 * Reads a path as printer columns have it: `.spec.replicas`, `.metadata.labels['a/b']`, `.list[0].x`, `.list[*].x`,
 * `.status.conditions[?(@.type=="Ready")].status`. https://kubernetes.io/docs/reference/kubectl/jsonpath/
 *
 * @returns the first value that is found; undefined where there is none or the path is not understood
 */
export function readPath(value: unknown, path: string): unknown {
  return readAll(value, path)[0];
}

/** @returns every value that a path leads to. */
export function readAll(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const step of parsed(path)) found = found.flatMap((each) => follow(each, step));
  return found;
}

/** @returns a copy of the object with another value at a simple path such as `.spec.replicas`. */
export function writePath(value: unknown, path: string, next: unknown): unknown {
  const names = parsed(path).flatMap((step) => (step.kind === 'field' ? [step.name] : []));
  return write(value, names, next);
}

function write(value: unknown, [name, ...rest]: readonly string[], next: unknown): unknown {
  if (name === undefined) return next;
  const object: Fields = isFields(value) ? value : {};
  return { ...object, [name]: write(object[name], rest, next) };
}

function follow(value: unknown, step: Step): readonly unknown[] {
  switch (step.kind) {
    case 'field':
      return isFields(value) && value[step.name] !== undefined ? [value[step.name]] : [];
    case 'index':
      return Array.isArray(value) && value.at(step.index) !== undefined ? [value.at(step.index)] : [];
    case 'all':
      return Array.isArray(value) ? value : isFields(value) ? Object.values(value) : [];
    case 'filter':
      return Array.isArray(value) ? value.filter((item) => matches(item, step)) : [];
  }
}

function matches(item: unknown, { path, value }: Step & { kind: 'filter' }): boolean {
  const found = path.reduce((current, name) => (isFields(current) ? current[name] : undefined), item);
  return found !== undefined && String(found) === value;
}

const cache = new Map<string, readonly Step[]>();

function parsed(path: string): readonly Step[] {
  return getOrInsert(cache, path, () => parse(path));
}

const TOKEN =
  /\.?\[\?\(\s*@((?:\.[\w-]+)+)\s*==\s*["']?([^"')]*)["']?\s*\)\]|\.?\[(-?\d+)\]|\.?\[\*\]|\.?\[['"]([^'"]+)['"]\]|\.((?:[\w\-/]|\\\.)+)/y;

function parse(path: string): readonly Step[] {
  const steps: Step[] = [];
  const text = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (token === null) return [{ kind: 'field', name: path }];
    steps.push(stepOf(token));
  }
  return steps;
}

function stepOf([, filterPath, filterValue = '', index, quoted, name]: RegExpExecArray): Step {
  if (filterPath !== undefined)
    return { kind: 'filter', path: filterPath.slice(1).split('.'), value: filterValue };
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  const field = quoted ?? name?.replaceAll('\\.', '.');
  return field === undefined ? { kind: 'all' } : { kind: 'field', name: field };
}
