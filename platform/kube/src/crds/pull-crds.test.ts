import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pullCrds, readCrds } from './pull-crds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-crds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const BUNDLE = `
apiVersion: v1
kind: Namespace
metadata: {name: toys}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: kites.toys.example, labels: {a: b}}
spec: {group: toys.example}
---
`;
const NAUGHTY = `
kind: CustomResourceDefinition
metadata: {name: ../../etc/passwd}
`;

it('takes definitions out of bundles, and reads them at the next start', async () => {
  const sources = [{ name: 'toys', url: 'https://toys' }];
  const pulled = await pullCrds({ sources, folder, fetchText: async () => BUNDLE });
  expect(pulled).toEqual({ written: ['kites.toys.example'], failed: [] });
  expect(readCrds(folder)).toMatchObject([
    {
      kind: 'CustomResourceDefinition',
      metadata: { name: 'kites.toys.example' },
      spec: { group: 'toys.example' },
    },
  ]);
});

it('tells which source gave none, and goes on', async () => {
  const texts: Record<string, string> = {
    'https://empty': 'a: b',
    'https://naughty': NAUGHTY,
    'https://toys': BUNDLE,
  };
  const sources = ['https://gone', 'https://empty', 'https://naughty', 'https://toys'].map((url) => ({
    name: url,
    url,
  }));
  const fetchText = async (url: string) => texts[url] ?? Promise.reject(new Error('404'));
  const { written, failed } = await pullCrds({ sources, folder, fetchText });
  expect(written).toEqual(['kites.toys.example']);
  expect(failed.map(({ source }) => source)).toEqual(['https://gone', 'https://empty', 'https://naughty']);
  expect(readdirSync(folder)).toEqual(['kites.toys.example.yaml']);
});

it('reads nothing where there is no folder, and names a file that is damaged', () => {
  expect(readCrds(join(folder, 'none'))).toEqual([]);
  writeFileSync(join(folder, 'bad.yaml'), 'a: [b');
  expect(() => readCrds(folder)).toThrow('bad.yaml');
});
