import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { portalFolder, stateFolder } from './folders.ts';
import type { PortalEnvironment } from './portal-environment.ts';

/** A backend that was started here. */
export interface Backend {
  readonly child: ChildProcess;
  /** Its exit code, once it has ended. */
  readonly exit: Promise<number>;
}

const pidFile = (state: string) => join(state, 'portal.pid');
const logFile = (state: string) => join(state, 'logs', 'portal.log');
const READY_LIMIT = 120_000;
const POLL = 150;

/** Starts the backend, which also serves the pages. What it says goes to `.drydock/logs/portal.log`. */
export async function runBackend(
  environment: PortalEnvironment,
  { background }: { readonly background: boolean },
): Promise<Backend> {
  if (await isTaken(environment.port)) {
    throw new Error(
      `port ${environment.port} is taken by something that is not this portal; set DRYDOCK_PORTAL_PORT`,
    );
  }
  const require = createRequire(join(portalFolder, 'package.json'));
  const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
  const app = join(portalFolder, 'packages', 'backend');
  await mkdir(join(environment.state, 'logs'), { recursive: true, mode: 0o700 });
  const log = await open(logFile(environment.state), 'a', 0o600);
  const child = spawn(process.execPath, ['--require', transform, join(app, 'src')], {
    cwd: app,
    env: { ...process.env, NODE_ENV: 'production', ...environment.variables },
    detached: background,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  if (background) child.unref();
  await writeFile(pidFile(environment.state), String(child.pid), { mode: 0o600 });
  const exit = new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)));
  if (!background) forwardSignals(child);
  return { child, exit };
}

/** Waits until it answers. @throws Error that names the log when it does not */
export async function waitUntilReady({ url, state }: PortalEnvironment, { child }: Backend): Promise<string> {
  const deadline = Date.now() + READY_LIMIT;
  while (Date.now() < deadline) {
    if (await isReady(url)) return 'is ready';
    if (child.exitCode !== null)
      throw new Error(`the portal has ended while it was starting; see ${logFile(state)}`);
    await sleep(POLL);
  }
  throw new Error(`the portal is not ready after ${READY_LIMIT / 1_000} s; see ${logFile(state)}`);
}

/** Whether a portal answers. */
export async function isReady(url: string): Promise<boolean> {
  const health = `${url}/.backstage/health/v1/readiness`;
  const response = await fetch(health, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return response?.ok === true;
}

/** Ends the portal that runs in the background; does nothing where there is none. */
export async function stopBackground(state: string = stateFolder): Promise<void> {
  const pid = Number(await readFile(pidFile(state), 'utf8').catch(() => 0));
  await rm(pidFile(state), { force: true });
  if (!pid || !(await isPortal(pid))) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && (await isPortal(pid))) await sleep(POLL);
  if (await isPortal(pid)) process.kill(pid, 'SIGKILL');
}

/** Process ids are used again: only a process that runs this backend is ended. */
async function isPortal(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return command === undefined || command.includes('nodeTransform');
}

function isTaken(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function forwardSignals(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
}
