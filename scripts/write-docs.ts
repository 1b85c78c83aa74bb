import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { references } from './docs/references.ts';

/** Entry point of `npm run docs`: writes the generated references; with `--check` only says which are not current. */
const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

for (const [file, text] of Object.entries(await references(root))) {
  const path = join(root, file);
  if (!check) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${file} is not current: run "npm run docs"\n`);
    process.exitCode = 1;
  }
}
