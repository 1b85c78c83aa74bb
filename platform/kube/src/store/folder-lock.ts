import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Makes sure that one cluster at a time writes to a folder. The lock of a process that is gone does not count: it
 * names the process and, where the system tells, when that began, so a number that was given away again is recognized.
 *
 * @returns a function that gives the folder back
 * @throws Error naming the process that has the folder
 */
export function lockFolder(path: string): () => void {
  const holder = read(path);
  if (holder !== undefined && isAlive(holder)) {
    throw new Error(
      `process ${holder.pid} has the folder already (delete "${path}" if that is another program)`,
    );
  }
  writeFileSync(path, JSON.stringify({ pid: process.pid, began: beginOf(process.pid) }), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

interface Holder {
  readonly pid: number;
  readonly began?: string;
}

function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
  } catch {
    // No lock, or one that a dying process did not finish.
    return undefined;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = beginOf(pid);
  return began === undefined || now === undefined || began === now;
}

/** @returns when a process began, in ticks since the machine did; only Linux tells. */
function beginOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
