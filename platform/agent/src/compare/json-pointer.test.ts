import { expect, it } from 'vitest';
import { withoutPointer } from './json-pointer.ts';

const value = { spec: { replicas: 2, list: [1, 2, 3] }, 'a/b': { '~': 1, x: 2 } };

it.each([
  ['/spec/replicas', { ...value, spec: { list: [1, 2, 3] } }],
  ['/spec/list/1', { ...value, spec: { replicas: 2, list: [1, 3] } }],
  ['/a~1b/~0', { ...value, 'a/b': { x: 2 } }],
  ['/spec/missing/deep', value],
  ['/spec/list/9', value],
])('without %s the rest stays', (pointer, expected) => {
  expect(withoutPointer(value, pointer)).toEqual(expected);
});
