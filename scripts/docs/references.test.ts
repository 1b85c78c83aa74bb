import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cliReference } from './cli-reference.ts';
import { fieldsOf } from './json-schema.ts';
import { references } from './references.ts';

const root = join(import.meta.dirname, '..', '..');

it.each(Object.entries(await references(root)))(
  '%s is current, or "npm run docs" makes it so',
  async (file, text) => expect(await readFile(join(root, file), 'utf8')).toBe(text),
);

it('shows a command with its parameters, options and defaults', () => {
  const run = async () => 0;
  const options = { out: { type: 'string', short: 'o', value: 'DIR', help: 'a | b', default: 'x' } } as const;
  const text = cliReference({
    Group: [{ name: 'do', parameters: ['a', '[b]'], summary: 'does it', options, run }],
  });
  expect(text).toContain('## Group\n\n### `drydock do <a> [<b>]`\n\nDoes it.');
  expect(text).toContain('| `-o, --out DIR` | a \\| b | `x` |');
});

it('walks lists, maps and alternatives of a schema', () => {
  const schema = {
    type: 'object',
    required: ['gates'],
    properties: {
      gates: {
        type: 'array',
        items: {
          oneOf: [
            {
              type: 'object',
              properties: { type: { const: 'soak', description: 'Waits.' }, for: { type: 'string' } },
              required: ['type', 'for'],
            },
          ],
        },
      },
      ports: {
        type: 'object',
        default: {},
        additionalProperties: { type: 'object', properties: { n: { type: 'integer', minimum: 1 } } },
      },
      mode: { enum: ['a', 'b'], default: 'a' },
    },
  };
  const rows = fieldsOf(schema).map(({ path, type, required, fallback }) => [path, type, required, fallback]);
  expect(rows).toEqual([
    ['gates', 'list of object', true, ''],
    ['gates[type=soak]', 'object', false, ''],
    ['gates[type=soak].for', 'string', true, ''],
    ['ports', 'map of object', false, ''],
    ['ports.<name>.n', 'integer, at least 1', false, ''],
    ['mode', '"a" or "b"', false, '"a"'],
  ]);
});
