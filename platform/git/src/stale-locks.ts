import { randomBytes } from 'node:crypto';
import { link, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Milliseconds after which the lock of a ref belongs to a process that was killed. git holds one only while it moves
 * refs, and waits 100 ms for one that somebody else holds (`core.filesRefLockTimeout`).
 */
const STALE = 10_000;

/**
 * Removes the locks that a killed git process has left on refs; without that they would stay locked for ever. Locks of
 * living processes are younger and stay.
 *
 * @returns how many were removed
 */
export async function removeStaleLocks(
  gitDir: string,
  refs: readonly string[],
  now: number = Date.now(),
): Promise<number> {
  const names = [...refs, 'HEAD', 'packed-refs'];
  const removed = await Promise.all(names.map((name) => removeIfStale(gitDir, `${name}.lock`, now)));
  return removed.filter(Boolean).length;
}

/** Takes the lock away before looking at its age once more, so that of two cleaners only one can remove it. */
async function removeIfStale(gitDir: string, name: string, now: number): Promise<boolean> {
  const lock = join(gitDir, name);
  if (!(await isStale(lock, now))) return false;
  const taken = join(gitDir, `drydock-stale-${randomBytes(6).toString('hex')}`);
  try {
    await rename(lock, taken);
  } catch {
    return false; // somebody else was faster
  }
  const stale = await isStale(taken, now);
  if (!stale) await link(taken, lock).catch(() => {}); // it was a new one: put it back
  await rm(taken, { force: true });
  return stale;
}

async function isStale(path: string, now: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && now - found.mtimeMs > STALE;
}
