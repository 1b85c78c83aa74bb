import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { END, type WriteBatch } from './write-batch.ts';

const folders = new Set<string>();

parentPort?.on('message', (batch: WriteBatch | undefined) => {
  if (batch === undefined) parentPort?.close();
  else write(batch);
});

function write({ root, files }: WriteBatch): void {
  const parts = files.split(END);
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const file = join(root, parts[index] ?? '');
    const folder = dirname(file);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(file, parts[index + 1] ?? '');
  }
}
