import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileWriter } from './file-writer.ts';

it('has written every file when it is closed', async () => {
  const root = await mkdtemp(join(tmpdir(), 'drydock-writer-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const writer = new FileWriter(root);
  for (let index = 0; index < 600; index++)
    writer.add({ [`folder/${index}.yaml`]: `value: ${index}\n` }, 'dev/');
  await writer.close();
  expect(await readFile(join(root, 'dev/folder/599.yaml'), 'utf8')).toBe('value: 599\n');
  expect(await readFile(join(root, 'dev/folder/0.yaml'), 'utf8')).toBe('value: 0\n');
});

it('fails when a file cannot be written', async () => {
  const root = await mkdtemp(join(tmpdir(), 'drydock-writer-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'taken'), '');
  const writer = new FileWriter(root);
  writer.add({ 'taken/a.yaml': '' });
  await expect(writer.close()).rejects.toThrow();
});
