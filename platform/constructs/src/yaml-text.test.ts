import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from './yaml-text.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', ' ', '\n', '\t', '-', ':', '#', '1', "'", '"', '|', '~'))
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'yes',
    'No',
    'null',
    '~',
    '1e3',
    '0x1f',
    '012',
    '1_000',
    '1:30',
    '.inf',
    '2026-01-01',
    '=',
    '<<',
    '-',
    '---',
    '...',
  ),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 4 }),
  ),
}));

it.each(['1.1', '1.2'] as const)('writes what a YAML %s parser reads back', (version) => {
  fc.assert(
    fc.property(tree, (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(parse(yamlText(plain as never), { version })).toEqual(plain);
    }),
    { numRuns: 500 },
  );
});

it('writes keys in order and quotes only where it must', () => {
  const value = {
    b: ['x: y', { d: 1, c: 'on' }, [], {}],
    a: 'line 1\nline 2\n',
    'with space': '10.0.0.0/16',
  };
  expect(yamlText(value)).toBe(
    'a: |\n  line 1\n  line 2\nb:\n  - "x: y"\n  - c: "on"\n    d: 1\n  - []\n  - {}\n"with space": "10.0.0.0/16"\n',
  );
});
