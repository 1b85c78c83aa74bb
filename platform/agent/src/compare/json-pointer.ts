import { isRecord } from '../cluster/kube-object.ts';

/** A copy of a value without the field at a JSON pointer (RFC 6901); the same value when there is none. */
export function withoutPointer(value: unknown, pointer: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return remove(value, names);
}

function remove(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    const index = Number(name);
    if (!(index in value)) return value;
    return rest.length === 0 ? value.toSpliced(index, 1) : value.with(index, remove(value[index], rest));
  }
  if (!isRecord(value) || !(name in value)) return value;
  const { [name]: found, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: remove(found, rest) };
}
