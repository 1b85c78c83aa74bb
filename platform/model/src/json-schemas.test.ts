import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jsonSchemas } from './json-schemas.ts';

it.each(Object.entries(jsonSchemas()))(
  '%s is current, or "npm run schemas" makes it so',
  async (file, content) => {
    const committed = await readFile(join(import.meta.dirname, '..', 'schemas', file), 'utf8');
    expect(committed).toBe(content);
  },
);
