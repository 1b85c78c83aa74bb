import { GitError } from './git-error.ts';
import { runGit } from './run-git.ts';
import { removeStaleLocks } from './stale-locks.ts';

/**
 * Puts all refs into one file, so that listing thousands of them does not read thousands of files. Only saves work: where
 * somebody else holds the lock, it is left to the next time.
 */
export async function packRefs(gitDir: string): Promise<void> {
  await removeStaleLocks(gitDir, []);
  try {
    await runGit([`--git-dir=${gitDir}`, 'pack-refs', '--all']);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
  }
}
