import { spawnSync } from 'node:child_process';

/** Whether a tool can be called on this machine; tests that need it are skipped where it cannot. */
export function isOnPath(tool: string, ...args: readonly string[]): boolean {
  return spawnSync(tool, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
