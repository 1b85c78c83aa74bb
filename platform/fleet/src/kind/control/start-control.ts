import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderSource, loadFleet, UnavailableError } from '@drydock/model';
import { connectClone } from '../../embedded/connect-clone.ts';
import { supervisorStatus } from '../../embedded/control.ts';
import { readFleetConfig } from '../../embedded/fleet-config.ts';
import { controlPaths } from './control-paths.ts';

export interface StartControlOptions {
  readonly root: string;
  /** The script that runs it, and its arguments. */
  readonly command: readonly string[];
  /** Milliseconds to wait. @default 60_000 */
  readonly timeLimit?: number | undefined;
}

const POLL = 100;

/**
 * Starts the git server and the promoter in the background, or finds them running, and connects this clone with them.
 *
 * @throws UnavailableError when they do not come up; the message names the log
 */
export async function startControl({
  root,
  command,
  timeLimit = 60_000,
}: StartControlOptions): Promise<void> {
  const paths = controlPaths(root);
  const running = await supervisorStatus(paths);
  const child = running === undefined ? await spawnControl(root, command) : undefined;
  const deadline = Date.now() + timeLimit;
  while ((await supervisorStatus(paths))?.phase !== 'ready') {
    const hasEnded = child !== undefined && (child.exitCode !== null || child.signalCode !== null);
    if (hasEnded || Date.now() > deadline) {
      throw new UnavailableError(
        `the git server and the promoter did not come up, see ${paths.logs}/control.log`,
      );
    }
    await sleep(POLL);
  }
  const config = await readFleetConfig(paths);
  const fleet = await loadFleet(folderSource(root));
  if (config !== undefined) await connectClone({ root, paths, config, fleet });
}

async function spawnControl(root: string, command: readonly string[]): Promise<ChildProcess> {
  const { logs } = controlPaths(root);
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const log = await open(join(logs, 'control.log'), 'a', 0o600);
  const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
  const child = spawn(process.execPath, command, { cwd: root, detached: true, stdio });
  child.unref();
  await log.close();
  return child;
}
