import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { WriteBatch } from './file-writer.ts';

const folders = new Set<string>();

parentPort?.on('message', (batch: WriteBatch | undefined) => {
  if (batch === undefined) parentPort?.close();
  else write(batch);
});

function write({ root, files }: WriteBatch): void {
  for (let index = 0; index < files.length; index += 2) {
    const file = join(root, files[index] ?? '');
    const folder = dirname(file);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(file, files[index + 1] ?? '');
  }
}
