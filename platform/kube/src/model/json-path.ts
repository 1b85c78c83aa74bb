import { type Fields, isFields } from './kube-object.ts';

/** @returns the value at a simple path such as `.spec.replicas`. */
export function readPath(value: unknown, path: string): unknown {
  let current = value;
  for (const step of steps(path)) {
    if (!isFields(current)) return undefined;
    current = current[step];
  }
  return current;
}

/** @returns a copy of the object with another value at a simple path. */
export function writePath(value: unknown, path: string, next: unknown): unknown {
  return write(value, steps(path), next);
}

function write(value: unknown, [step, ...rest]: readonly string[], next: unknown): unknown {
  if (step === undefined) return next;
  const object: Fields = isFields(value) ? value : {};
  return { ...object, [step]: write(object[step], rest, next) };
}

function steps(path: string): readonly string[] {
  return path.split('.').filter((step) => step !== '');
}
