import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Milliseconds between two looks. */
const INTERVAL = 100;

/**
 * Ends a process that uses more memory than allowed. V8's own limit covers its heap only, not what buffers hold. Looks at
 * `/proc`, so elsewhere than on Linux the heap's limit is all there is.
 *
 * @param megabytes of resident memory
 * @returns the function that stops looking
 */
export function limitMemory(child: ChildProcess, megabytes: number): () => void {
  const look = async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    if (resident > megabytes * 1024) child.kill('SIGKILL');
  };
  const timer = setInterval(() => void look(), INTERVAL);
  return () => clearInterval(timer);
}
