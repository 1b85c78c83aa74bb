import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas.ts';

const folder = join(import.meta.dirname, '..', 'schemas');
const check = process.argv.includes('--check');

await mkdir(folder, { recursive: true });
for (const [file, content] of Object.entries(jsonSchemas())) {
  const path = join(folder, file);
  if (!check) await writeFile(path, content);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== content) {
    process.stderr.write(`${path} is not current: run "npm run schemas"\n`);
    process.exitCode = 1;
  }
}
