import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A hash over the names and contents of files, so that a step is done again only when they have changed. */
export async function hashFiles(folder: string, include: (path: string) => boolean): Promise<string> {
  const hash = createHash('sha256');
  for (const path of (await list(folder, '', include)).sort()) {
    hash
      .update(`${path}\0`)
      .update(await readFile(join(folder, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Whether a step was done for this hash. */
export async function isStamped(file: string, hash: string): Promise<boolean> {
  return (await readFile(file, 'utf8').catch(() => '')) === hash;
}

/** Remembers that a step was done. */
export async function stamp(file: string, hash: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, hash);
}

const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'coverage', '.yarn', '.cache']);

async function list(root: string, below: string, include: (path: string) => boolean): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const lists = await Promise.all(
    entries.map(async entry => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(root, path, include);
      return entry.isFile() && include(path) ? [path] : [];
    }),
  );
  return lists.flat();
}
