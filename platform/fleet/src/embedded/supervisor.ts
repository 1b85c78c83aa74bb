import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@drydock/promoter/access';
import { PARTS, type Part, type PartMessage, type StartMessage } from './processes/process-message.ts';

/** How a part does. */
export interface PartStatus {
  readonly part: Part;
  readonly state: 'starting' | 'ready' | 'stopped';
  readonly pid: number | undefined;
  /** How often it has ended by itself and was started again. */
  readonly restarts: number;
}

interface Running {
  readonly part: Part;
  child: ChildProcess | undefined;
  state: PartStatus['state'];
  restarts: number;
}

/** Milliseconds before a part that ended is started again; doubled each time, up to the second. */
const RESTART = { first: 200, most: 5_000 };
/** Milliseconds that a part has to end by itself. */
const GRACE = 8_000;

/** Keeps the parts of an embedded fleet running: starts them, starts them again when they die, ends them together. */
export class Supervisor {
  readonly #message: StartMessage;
  readonly #logger: Logger;
  readonly #parts: readonly Running[];
  #stopping = false;

  constructor(message: StartMessage, logger: Logger) {
    this.#message = message;
    this.#logger = logger;
    this.#parts = PARTS.map((part) => ({ part, child: undefined, state: 'stopped', restarts: 0 }));
    mkdirSync(message.paths.logs, { recursive: true });
  }

  /** Loads the code of every part at once, so that none waits for it later. */
  prepare(): void {
    for (const running of this.#parts) this.#spawn(running);
  }

  /** Lets a part start. @returns when it is ready @throws Error with what it said when it could not start */
  async start(part: Part): Promise<void> {
    const running = this.#find(part);
    await this.#begin(running);
  }

  status(): readonly PartStatus[] {
    return this.#parts.map(({ part, state, child, restarts }) => ({
      part,
      state,
      pid: child?.pid,
      restarts,
    }));
  }

  /** Ends every part; those that do not end in time are killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const part of PARTS.toReversed()) await endProcess(this.#find(part).child);
  }

  #find(part: Part): Running {
    const running = this.#parts.find((candidate) => candidate.part === part);
    if (running === undefined) throw new TypeError(`no such part: ${part}`);
    return running;
  }

  #spawn(running: Running): ChildProcess {
    const entry = fileURLToPath(new URL(`./processes/${running.part}.ts`, import.meta.url));
    const log = openSync(join(this.#message.paths.logs, `${running.part}.log`), 'a', 0o600);
    const child = fork(entry, [], {
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: this.#message.paths.compileCache },
    });
    running.child = child;
    child.once('exit', (code, signal) => this.#ended(running, child, signal ?? `exit code ${code}`));
    return child;
  }

  #begin(running: Running): Promise<void> {
    const child = running.child ?? this.#spawn(running);
    running.state = 'starting';
    return new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(`${running.part} ended while it was starting, see its log`)));
      child.on('message', (message: PartMessage) => {
        if (message.type === 'failed')
          reject(new Error(`${running.part} could not start: ${message.message}`));
        else {
          running.state = 'ready';
          resolve();
        }
      });
      child.send(this.#message);
    });
  }

  #ended(running: Running, child: ChildProcess, why: string): void {
    if (running.child !== child) return;
    const wasReady = running.state === 'ready';
    running.child = undefined;
    running.state = 'stopped';
    if (this.#stopping || !wasReady) return;
    running.restarts += 1;
    const wait = Math.min(RESTART.first * 2 ** Math.min(running.restarts - 1, 10), RESTART.most);
    this.#logger.warn('a part ended, starting it again', { part: running.part, why, wait });
    setTimeout(() => this.#restart(running), wait);
  }

  #restart(running: Running): void {
    if (this.#stopping) return;
    this.#begin(running).catch((error: unknown) => {
      this.#logger.error('a part could not be started again', { part: running.part, error: String(error) });
      if (!this.#stopping) setTimeout(() => this.#restart(running), RESTART.most);
    });
  }
}

async function endProcess(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await exited;
  clearTimeout(timer);
}
