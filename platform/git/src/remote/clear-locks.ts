import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { removeStaleLocks } from '../stale-locks.ts';

/** Removes every lock of a ref that a killed process has left in a git directory. @returns how many */
export async function clearLocks(gitDir: string): Promise<number> {
  const found = await readdir(join(gitDir, 'refs'), { recursive: true, withFileTypes: true });
  const locks = found.filter((entry) => entry.isFile() && entry.name.endsWith('.lock'));
  const refs = locks.map(({ parentPath, name }) =>
    relative(gitDir, join(parentPath, name)).slice(0, -'.lock'.length),
  );
  return removeStaleLocks(gitDir, refs);
}
