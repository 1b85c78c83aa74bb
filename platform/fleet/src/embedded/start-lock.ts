import { open, readFile, rm } from 'node:fs/promises';
import type { FleetPaths } from './fleet-paths.ts';

/**
 * Makes sure that only one of several commands starts a fleet. The lock names the process that holds it, so that one
 * left behind by a killed process does not keep anybody out.
 *
 * @returns the function that gives it back, or undefined when somebody else is starting the fleet
 */
export async function takeStartLock({ startLock }: FleetPaths): Promise<(() => Promise<void>) | undefined> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const file = await open(startLock, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (file !== undefined) {
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(startLock, { force: true });
    }
    if (await holderIsAlive(startLock)) return undefined;
    await rm(startLock, { force: true });
  }
  return undefined;
}

async function holderIsAlive(lock: string): Promise<boolean> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH: it is gone
  }
}
