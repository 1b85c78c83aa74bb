import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FieldsV1 } from '../model/kube-object.ts';
import { difference, intersection, isEmptySet, paths, union } from './field-set.ts';

/** Sets of up to three levels over three names. */
const { set } = fc.letrec<{ set: FieldsV1 }>((tie) => ({
  set: fc.dictionary(
    fc.constantFrom('f:a', 'f:b', 'f:c', '.'),
    fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant({}), tie('set')),
    { maxKeys: 3 },
  ),
}));
const members = (each: FieldsV1) => new Set(paths(each));

it.each([
  ['union', union, (inA: boolean, inB: boolean) => inA || inB],
  ['difference', difference, (inA: boolean, inB: boolean) => inA && !inB],
  ['intersection', intersection, (inA: boolean, inB: boolean) => inA && inB],
] as const)('%s is that of the paths', (_name, operation, rule) => {
  fc.assert(
    fc.property(set, set, (a, b) => {
      const all = new Set([...members(a), ...members(b)]);
      const expected = [...all].filter((path) => rule(members(a).has(path), members(b).has(path)));
      expect([...members(operation(a, b))].sort()).toEqual(expected.sort());
    }),
    { seed: 3 },
  );
});

it('is empty when everything is taken away', () => {
  fc.assert(
    fc.property(set, (a) => isEmptySet(difference(a, union(a, a)))),
    { seed: 3 },
  );
});
