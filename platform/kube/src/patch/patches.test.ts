import { describe, expect, it } from 'vitest';
import { modelSchema } from '../schema/model-schema.ts';
import { applyJsonPatch } from './json-patch.ts';
import { applyMergePatch } from './merge-patch.ts';
import { applyStrategicMergePatch } from './strategic-merge-patch.ts';

describe('a JSON patch', () => {
  it('leaves the original alone', () => {
    const value = { a: { b: 1 } };
    expect(applyJsonPatch(value, [{ op: 'replace', path: '/a/b', value: 2 }])).toEqual({ a: { b: 2 } });
    expect(value).toEqual({ a: { b: 1 } });
  });

  it('is refused when it does not fit, is too long, or would grow without end', () => {
    expect(() => applyJsonPatch({}, { op: 'add' })).toThrow(expect.objectContaining({ code: 400 }));
    expect(() => applyJsonPatch({}, [{ op: 'remove', path: '/a' }])).toThrow(
      expect.objectContaining({ code: 422 }),
    );
    expect(() => applyJsonPatch({}, new Array(10_001).fill({ op: 'add', path: '/a', value: 1 }))).toThrow(
      expect.objectContaining({ code: 413 }),
    );
    const doubling = Array.from({ length: 40 }, (_, index) => ({ op: 'copy', from: '', path: `/x${index}` }));
    expect(() => applyJsonPatch({ a: 'x'.repeat(1000) }, doubling)).toThrow(
      expect.objectContaining({ code: 413 }),
    );
  });
});

// The examples of RFC 7386, appendix A.
it.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('merges %j and %j', (value, patch, result) => {
  expect(applyMergePatch(value, patch)).toEqual(result);
});

describe('a strategic merge patch', () => {
  const schema = modelSchema('V1PodSpec');
  const patch = (value: object, change: object) => applyStrategicMergePatch(value, change, schema);
  const two = {
    containers: [
      { name: 'a', image: '1', env: [{ name: 'E', value: '1' }] },
      { name: 'b', image: '2' },
    ],
  };

  it.each([
    [
      'merges items by their key',
      { containers: [{ name: 'a', env: [{ name: 'F', value: '2' }] }] },
      {
        containers: [
          {
            name: 'a',
            image: '1',
            env: [
              { name: 'E', value: '1' },
              { name: 'F', value: '2' },
            ],
          },
          { name: 'b', image: '2' },
        ],
      },
    ],
    ['adds items', { containers: [{ name: 'c' }] }, { containers: [...two.containers, { name: 'c' }] }],
    [
      'deletes items',
      { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: [{ name: 'b', image: '2' }] },
    ],
    [
      'replaces a list',
      { containers: [{ $patch: 'replace' }, { name: 'c' }] },
      { containers: [{ name: 'c' }] },
    ],
    [
      'orders items',
      {
        containers: [{ name: 'a' }, { name: 'b' }],
        '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }],
      },
      { containers: [two.containers[1], two.containers[0]] },
    ],
    [
      'replaces lists without a key',
      { containers: [{ name: 'b', command: ['x'] }] },
      { containers: [two.containers[0], { name: 'b', image: '2', command: ['x'] }] },
    ],
    [
      'removes with null',
      { containers: [{ name: 'a', env: null }] },
      {
        containers: [
          { name: 'a', image: '1' },
          { name: 'b', image: '2' },
        ],
      },
    ],
  ])('%s', (_what, change, result) => {
    expect(patch(two, change)).toEqual(result);
  });

  it('keeps only the named keys, and merges lists of words', () => {
    const deployment = modelSchema('V1DeploymentSpec');
    const live = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } };
    expect(
      applyStrategicMergePatch(live, { strategy: { $retainKeys: ['type'], type: 'Recreate' } }, deployment),
    ).toEqual({ strategy: { type: 'Recreate' } });
    const metadata = modelSchema('V1ObjectMeta');
    expect(applyStrategicMergePatch({ finalizers: ['a'] }, { finalizers: ['b', 'a'] }, metadata)).toEqual({
      finalizers: ['a', 'b'],
    });
    expect(
      applyStrategicMergePatch(
        { finalizers: ['a', 'b'] },
        { '$deleteFromPrimitiveList/finalizers': ['a'] },
        metadata,
      ),
    ).toEqual({ finalizers: ['b'] });
  });

  it('refuses an item without its key, and directives that it does not know', () => {
    expect(() => patch(two, { containers: [{ image: 'x' }] })).toThrow(
      expect.objectContaining({ code: 400 }),
    );
    expect(() => patch(two, { $patch: 'explode' })).toThrow(expect.objectContaining({ code: 400 }));
  });
});
