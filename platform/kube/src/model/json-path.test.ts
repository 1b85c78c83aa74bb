import { expect, it } from 'vitest';
import { readAll, readPath, writePath } from './json-path.ts';

const object = {
  metadata: { labels: { 'a/b.c': 'x' } },
  spec: { replicas: 3, ports: [{ port: 80 }, { port: 443 }] },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

it.each([
  ['.spec.replicas', 3],
  ['spec.replicas', 3],
  ['.spec.ports[1].port', 443],
  ['.spec.ports[-1].port', 443],
  ['{}.none', undefined],
  [".metadata.labels['a/b.c']", 'x'],
  ['.metadata.labels.a/b\\.c', 'x'],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  ["$.status.conditions[?(@.type == 'Ready')].status", undefined],
  ['.status.conditions[?(@.type=="Gone")].status', undefined],
  ['.spec.replicas.too.deep', undefined],
])('reads %s', (path, value) => {
  expect(readPath(object, path)).toEqual(value);
});

it('reads every value that a path leads to', () => {
  expect(readAll(object, '.spec.ports[*].port')).toEqual([80, 443]);
});

it('writes a copy and leaves the original alone', () => {
  expect(readPath(writePath(object, '.spec.replicas', 5), '.spec.replicas')).toBe(5);
  expect(object.spec.replicas).toBe(3);
});
