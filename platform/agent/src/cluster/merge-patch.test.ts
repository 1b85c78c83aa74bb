import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMergePatch, mergePatch, sameJson } from './merge-patch.ts';

const noNull = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), noNull, {
  maxKeys: 4,
  noNullPrototype: true,
});

describe('merge patches', () => {
  it('lead from any object to any other', () => {
    fc.assert(
      fc.property(record, record, (from, to) => {
        expect(sameJson(mergePatch(from, createMergePatch(from, to) ?? {}), to)).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('are nothing between equal objects, whatever the order of fields, and undefined counts as missing', () => {
    expect(createMergePatch({ a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1, d: undefined })).toBeUndefined();
  });

  it('remove a field that became undefined', () => {
    expect(createMergePatch({ a: 1, b: 2 }, { a: undefined, b: 2 })).toEqual({ a: null });
  });
});
