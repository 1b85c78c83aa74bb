import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type FleetModel, folderSource, InputError, loadFleet, UnavailableError } from '@drydock/model';
import { connectClone } from './connect-clone.ts';
import { type SupervisorStatus, supervisorStatus } from './control.ts';
import { type FleetConfig, readFleetConfig } from './fleet-config.ts';
import { type FleetPaths, fleetPaths, kubeconfigPath } from './fleet-paths.ts';
import { takeStartLock } from './start-lock.ts';

/** Where everything of a running fleet is. */
export interface FleetAddresses {
  readonly fleet: string;
  /** URL to push to; the clone it was started in has it as the remote `drydock`. */
  readonly git: string;
  readonly promoter: string;
  readonly clusters: readonly {
    readonly name: string;
    readonly environment: string;
    readonly url: string;
    readonly kubeconfig: string;
  }[];
  readonly users: readonly string[];
}

export interface UpOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Called when a phase is done. */
  readonly progress: (phase: string, milliseconds: number) => void;
  /** Milliseconds to wait for the fleet. @default 60_000 */
  readonly timeLimit?: number | undefined;
}

const SUPERVISE = fileURLToPath(new URL('./supervise.ts', import.meta.url));
const POLL = 25;

/**
 * Starts the embedded fleet in the background, or finds it running, and connects this clone with it. Doing it again,
 * also after an interruption, leads to the same end.
 *
 * @throws InputError when the fleet's files do not validate
 * @throws UnavailableError when it did not come up; the message names the log
 */
export async function up({ root, progress, timeLimit = 60_000 }: UpOptions): Promise<FleetAddresses> {
  const fleet = await loadFleet(folderSource(root));
  const paths = fleetPaths(root);
  await mkdir(paths.logs, { recursive: true, mode: 0o700 });
  const unlock = await takeStartLock(paths);
  try {
    const running = await supervisorStatus(paths);
    if (running === undefined && unlock !== undefined) await startSupervisor(root, paths);
    await waitUntilReady(paths, progress, timeLimit);
  } finally {
    await unlock?.();
  }
  const config = await readFleetConfig(paths);
  if (config === undefined)
    throw new UnavailableError(
      `the fleet is running without ${paths.config}; run "drydock down" and "drydock up"`,
    );
  const started = performance.now();
  if (await connectClone({ root, paths, config, fleet }))
    progress('first push', Math.round(performance.now() - started));
  return addressesOf(fleet, config, paths);
}

/** Where the fleet of a repository is. @throws InputError when it was never started */
export async function fleetAddresses(root: string): Promise<FleetAddresses> {
  const fleet = await loadFleet(folderSource(root));
  const paths = fleetPaths(root);
  const config = await readFleetConfig(paths);
  if (config === undefined) throw new InputError('this fleet has not been started yet; run "make up"');
  return addressesOf(fleet, config, paths);
}

function addressesOf(fleet: FleetModel, config: FleetConfig, paths: FleetPaths): FleetAddresses {
  return {
    fleet: fleet.name,
    git: `http://127.0.0.1:${config.ports.git}/${fleet.name}.git`,
    promoter: `http://127.0.0.1:${config.ports.promoter}`,
    users: Object.keys(config.users),
    clusters: fleet.clusters.map(({ name, environment }) => ({
      name,
      environment,
      url: `https://127.0.0.1:${config.ports.clusters[name]}`,
      kubeconfig: kubeconfigPath(paths, name),
    })),
  };
}

async function startSupervisor(root: string, paths: FleetPaths): Promise<void> {
  const log = await open(join(paths.logs, 'supervisor.log'), 'a', 0o600);
  const child = spawn(process.execPath, [SUPERVISE, root], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await log.close();
}

async function waitUntilReady(
  paths: FleetPaths,
  progress: UpOptions['progress'],
  timeLimit: number,
): Promise<void> {
  const deadline = Date.now() + timeLimit;
  let seen = 0;
  for (;;) {
    const status = await supervisorStatus(paths);
    for (const { name, milliseconds } of status?.phases.slice(seen) ?? []) progress(name, milliseconds);
    seen = status?.phases.length ?? seen;
    if (status?.phase === 'ready') return;
    if (status?.phase === 'failed' || Date.now() > deadline) throw notReady(paths, status);
    await sleep(POLL);
  }
}

function notReady(paths: FleetPaths, status: SupervisorStatus | undefined): UnavailableError {
  const waiting = status?.parts.filter(({ state }) => state !== 'ready').map(({ part }) => part) ?? [
    'the supervisor',
  ];
  const why = status?.message ?? `still waiting for ${waiting.join(', ')}`;
  return new UnavailableError(
    `the fleet did not come up: ${why}; see ${paths.logs}, then run "drydock down" and "drydock up"`,
  );
}
