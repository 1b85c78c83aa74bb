import type { RefUpdate, Repository } from '@drydock/git';
import { commit } from '../../platform/promoter/src/api/commit-decision.ts';
import type { ApiContext } from '../../platform/promoter/src/api/route.ts';
import { silentLogger } from '../../platform/promoter/src/ports.ts';
import { Promoter } from '../../platform/promoter/src/promoter.ts';
import type { FleetReader, Snapshot } from '../../platform/promoter/src/snapshot.ts';
import type { StateChange } from '../../platform/promoter/src/state/state-store.ts';
import { sketchHydrator } from '../../platform/promoter/src/testing/sketch.ts';
import { type CrashPoint, ScheduledRepository } from './scheduled-repository.ts';
import type { Turns } from './turns.ts';
import type { VirtualTime } from './virtual-time.ts';
import { WorldView } from './world.ts';

export interface PromoterProcessOptions {
  readonly name: string;
  readonly repository: Repository;
  readonly turns: Turns;
  readonly time: VirtualTime;
  readonly readFleet: FleetReader;
  /** Refs were moved by this process. */
  readonly moved: (process: PromoterProcess, updates: readonly RefUpdate[]) => Promise<void>;
  /** Something happened that never may. */
  readonly violated: (what: string) => void;
}

/** One promoter as a process of its own would be: with its view of the world, its clock, and its death. */
export class PromoterProcess {
  readonly name: string;
  readonly view = new WorldView();
  /** Times that were read from the clock lately. */
  readonly times: number[] = [];
  readonly promoter: Promoter;
  readonly #options: PromoterProcessOptions;
  readonly #context: ApiContext;
  #crashPoint: CrashPoint | undefined;
  #alive = true;

  constructor(options: PromoterProcessOptions) {
    this.#options = options;
    this.name = options.name;
    const { clock, timer } = options.time.forProcess(this, (time) => {
      this.times.push(time);
      if (this.times.length > 24) this.times.shift();
    });
    const repository = new ScheduledRepository(options.repository, options.turns, {
      owner: this,
      crashPoint: () => this.#crashPoint,
      moved: (updates) => options.moved(this, updates),
      died: () => this.kill(),
    });
    const error = (message: string, fields: object = {}) =>
      options.violated(`${this.name}: ${message} ${JSON.stringify(fields)}`);
    this.promoter = new Promoter({
      repository,
      hydrator: sketchHydrator(repository),
      delivery: this.view,
      clock,
      timer,
      readFleet: options.readFleet,
      logger: { ...silentLogger, error },
    });
    this.#context = { promoter: this.promoter, repository, clock };
    void this.promoter.start();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Records what somebody decided, as its HTTP API does. Refusals are answers; anything else is a violation. */
  async decide(change: (current: Snapshot, at: string) => StateChange): Promise<boolean> {
    try {
      const snapshot = await this.promoter.snapshot();
      await commit(this.#context, snapshot, (at, current) => change(current, at));
      return true;
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (!ANSWERS.has(name)) this.#options.violated(`${this.name}: a decision failed: ${String(error)}`);
      return false;
    }
  }

  /** It dies in its next write; undefined: it lives. */
  crashAt(point: CrashPoint | undefined): void {
    this.#crashPoint = point;
  }

  /** It dies where it is. */
  kill(): void {
    this.#alive = false;
    this.#options.turns.kill(this);
    this.#options.time.kill(this);
  }
}

const ANSWERS = new Set(['ConflictError', 'ForbiddenError', 'NotFoundError', 'UnavailableError']);
