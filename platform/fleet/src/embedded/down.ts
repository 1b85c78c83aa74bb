import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '@drydock/model';
import { disconnectClone } from './connect-clone.ts';
import { stopSupervisor, supervisorStatus } from './control.ts';
import type { FleetPaths } from './fleet-paths.ts';

export interface DownOptions {
  readonly paths: FleetPaths;
  /** Also forget everything: the git repository, the clusters, the tokens. */
  readonly purge?: boolean | undefined;
}

const LIMIT = 45_000;

/** Ends the embedded fleet. @returns whether it was running @throws UnavailableError when it does not end */
export async function down({ paths, purge = false }: DownOptions): Promise<boolean> {
  const running = await supervisorStatus(paths);
  if (running !== undefined) {
    await stopSupervisor(paths);
    await waitForEnd(paths, running.pid);
  }
  if (purge) {
    await disconnectClone(paths);
    await rm(paths.home, { recursive: true, force: true });
  }
  return running !== undefined;
}

async function waitForEnd(paths: FleetPaths, pid: number): Promise<void> {
  const deadline = Date.now() + LIMIT;
  while (isAlive(pid)) {
    if (Date.now() > deadline)
      throw new UnavailableError(`the fleet (process ${pid}) does not end; see ${paths.logs}`);
    await sleep(25);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH: it is gone
  }
}
