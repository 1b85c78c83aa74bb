import { type Dirent, promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { FileEntry, FileSource } from './file-source.ts';

const SKIPPED = new Set(['node_modules', '.git']);

/** Reads a fleet from a folder. Symlinks are listed as such and never followed. */
export function folderSource(root: string): FileSource {
  return {
    async list(folders) {
      const lists = await Promise.all(folders.map((folder) => walk(root, folder)));
      return lists.flat().sort((left, right) => (left.path < right.path ? -1 : 1));
    },
    read(paths) {
      return Promise.all(paths.map((path) => fs.readFile(join(root, path))));
    },
  };
}

async function walk(root: string, folder: string): Promise<readonly FileEntry[]> {
  const entries = await entriesOf(join(root, folder));
  const lists = await Promise.all(
    entries.map((entry) => {
      const path = `${folder}/${entry.name}`;
      if (SKIPPED.has(entry.name)) return [];
      return entry.isDirectory() ? walk(root, path) : fileEntry(root, path, entry);
    }),
  );
  return lists.flat();
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function fileEntry(root: string, path: string, entry: Dirent): Promise<readonly FileEntry[]> {
  if (!entry.isFile()) return [{ path, kind: 'symlink' }];
  const { size } = await fs.stat(join(root, path));
  return [{ path, kind: 'file', size }];
}
