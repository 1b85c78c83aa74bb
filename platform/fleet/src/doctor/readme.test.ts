import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CHECKS } from './checks/index.ts';

it('has a section on troubleshooting for every code, and for no other', async () => {
  const text = await readFile(join(import.meta.dirname, 'README.md'), 'utf8');
  const sections = [...text.matchAll(/^### (DRY\d+)$/gm)].map(([, code]) => code);
  const codes = new Set(CHECKS.flatMap((check) => check.codes));
  expect(sections).toEqual([...codes].sort());
});
