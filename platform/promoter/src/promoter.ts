import { RefConflictError, type Repository } from '@drydock/git';
import { formatProblem } from '@drydock/model';
import { decide } from './decide/decide.ts';
import type { Verdict } from './decide/verdict.ts';
import type { DeliveryEngine } from './delivery/delivery-engine.ts';
import { EventLog } from './event-log.ts';
import { execute, type Promotion } from './execute/execute.ts';
import { HYDRATED_REF, type HydrateRevisionOptions, hydrateRevision } from './hydrate/hydrate-revision.ts';
import { HydrationError, type Hydrator } from './hydrate/hydrator.ts';
import { type Clock, type Logger, silentLogger, systemClock, systemTimer, type Timer } from './ports.ts';
import { FactBook } from './probes/fact-book.ts';
import type { Probe } from './probes/probe.ts';
import type { PromoterObserver, Sync } from './promoter-hooks.ts';
import { type FleetReader, type Snapshot, SnapshotReader } from './snapshot.ts';
import { staleUnits } from './stale-units.ts';
import { VerdictChanges } from './verdict-changes.ts';

export interface PromoterOptions {
  readonly repository: Repository;
  readonly hydrator: Hydrator;
  readonly delivery: DeliveryEngine;
  /** Looks at policies, checks and metrics. Default: Gates of these types stay closed. */
  readonly probe?: Probe | undefined;
  readonly clock?: Clock | undefined;
  readonly timer?: Timer | undefined;
  /** How the fleet of a Revision is read. Default: its files are loaded and validated. */
  readonly readFleet?: FleetReader | undefined;
  readonly logger?: Logger | undefined;
  /** Milliseconds between looks when nothing has called for one. @default 30_000 */
  readonly poll?: number | undefined;
  /** Where the repository is the copy of another one. Default: it is not. */
  readonly sync?: Sync | undefined;
  /** Whether this replica is the one that acts. Default: always. */
  readonly mayAct?: (() => boolean) | undefined;
  readonly observers?: readonly PromoterObserver[] | undefined;
  /** Who wanted a Revision, where a forge knows it. Default: who pushed it, as git tells. */
  readonly requesterOf?: HydrateRevisionOptions['requesterOf'];
}

/** Why the latest Revision of `main` is not hydrated. */
export interface FailedHydration {
  readonly revision: string;
  readonly message: string;
  /** Problems as lines `<file>:<line>: …`. */
  readonly problems: readonly string[];
}

const NO_PROBE: Probe = {
  look: async () => ({
    phase: 'pending',
    reason: 'this promoter does not look at policies, checks and metrics',
  }),
};

/** Milliseconds after which a look that failed is tried again. */
const RETRY = 1_000;
/** Milliseconds between reminders to a delivery engine that still speaks of an older commit. */
const REMINDER = 5_000;

/** How often one look decides again because something moved, before it leaves the rest to the next look. */
const ROUNDS = 32;
/** Milliseconds before it decides again after others were faster: doubled each time up to the second number. */
const PAUSE = [2, 500] as const;

/**
 * Hydrates what is pushed, decides, executes, and looks again when something has changed. Keeps nothing but what it can
 * read again from git and from the delivery engine.
 */
export class Promoter {
  readonly events = new EventLog();
  readonly #repository: Repository;
  readonly #hydrator: Hydrator;
  readonly #delivery: DeliveryEngine;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #logger: Logger;
  readonly #poll: number;
  readonly #hooks: Pick<PromoterOptions, 'sync' | 'mayAct' | 'observers' | 'requesterOf'>;
  readonly #reader: SnapshotReader;
  readonly #changes = new VerdictChanges();
  readonly #facts: FactBook;
  #failed: FailedHydration | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #remindedAt = 0;
  #closed = false;
  #lost = 0;
  #cancelTimer = () => {};

  constructor(options: PromoterOptions) {
    this.#repository = options.repository;
    this.#hydrator = options.hydrator;
    this.#delivery = options.delivery;
    this.#clock = options.clock ?? systemClock;
    this.#timer = options.timer ?? systemTimer;
    this.#logger = options.logger ?? silentLogger;
    this.#poll = options.poll ?? 30_000;
    this.#hooks = options;
    this.#reader = new SnapshotReader(options.repository, options.readFleet);
    this.#facts = new FactBook({
      probe: options.probe ?? NO_PROBE,
      clock: this.#clock,
      logger: this.#logger,
      changed: () => this.notify(),
    });
  }

  /** Why the latest Revision is not hydrated; undefined when it is. */
  get failedHydration(): FailedHydration | undefined {
    return this.#failed;
  }

  async start(): Promise<void> {
    await this.#delivery.start(() => this.notify());
    await this.#delivery.refreshFleet();
    this.notify();
  }

  /** Something may have changed: look soon. Any number of calls during a look lead to one more look. */
  notify(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.notify(); // called for just after the last look had ended
    });
  }

  /** What is known now. */
  async snapshot(): Promise<Snapshot> {
    return this.#reader.read(this.#delivery.observations(), this.#facts.facts(), this.#clock.now());
  }

  /** Requests, approvals, holds and freezes. Call {@link notify} after changing them. */
  get state(): SnapshotReader['state'] {
    return this.#reader.state;
  }

  /** Stops looking; resolves when the look that is under way has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await this.#running;
    await this.#delivery.close();
  }

  async #run(): Promise<void> {
    this.#cancelTimer();
    let opensAt: number | undefined;
    while (this.#again && !this.#closed) {
      this.#again = false;
      try {
        opensAt = await this.#look();
      } catch (error) {
        opensAt = await this.#recover(error);
      }
    }
    const wait =
      opensAt === undefined
        ? this.#poll
        : Math.min(this.#poll, Math.max(opensAt - this.#clock.now(), 0) + 10);
    if (!this.#closed) this.#cancelTimer = this.#timer.start(wait, () => this.notify());
  }

  /** Losing a race is no failure: after a short pause it looks again. @returns when to look again after a failure */
  async #recover(error: unknown): Promise<number | undefined> {
    if (!(error instanceof RefConflictError)) {
      this.#logger.error('a look failed, trying again soon', { error: String(error) });
      return this.#clock.now() + RETRY;
    }
    this.#logger.debug('somebody else was faster, deciding again', { error: error.message });
    this.#again = true;
    this.#lost += 1;
    const pause = Math.min(PAUSE[0] * 2 ** this.#lost, PAUSE[1]);
    await new Promise<void>((resolve) => {
      this.#timer.start(pause, resolve);
    });
    return undefined;
  }

  /** One look: hydrate, then decide and execute until nothing moves. @returns when the next Gate opens by itself */
  async #look(): Promise<number | undefined> {
    const started = this.#clock.now();
    await this.#hooks.sync?.pull();
    if (this.#hooks.mayAct?.() === false) return undefined;
    await this.#hydrateHead();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const snapshot = await this.snapshot();
      const verdicts = decide(snapshot);
      if (this.#hooks.mayAct?.() === false) return undefined;
      const promoted = await this.#execute(snapshot, verdicts);
      if (promoted.length > 0) continue;
      const took = this.#clock.now() - started;
      for (const observer of this.#hooks.observers ?? []) observer.settled?.({ snapshot, verdicts, took });
      return this.#settle(snapshot, verdicts);
    }
    this.#again = true;
    return undefined;
  }

  async #hydrateHead(): Promise<void> {
    const from = await this.#repository.resolve(HYDRATED_REF);
    const revision = await this.#repository.resolve('refs/heads/main');
    if (revision === undefined || revision === from || revision === this.#failed?.revision) return;
    const started = this.#clock.now();
    try {
      const { releases } = this.#reader;
      const options = {
        repository: this.#repository,
        releases,
        hydrator: this.#hydrator,
        revision,
        from,
        now: started,
        requesterOf: this.#hooks.requesterOf,
      };
      const units = await hydrateRevision(options);
      this.#failed = undefined;
      await this.#delivery.refreshFleet();
      const milliseconds = this.#clock.now() - started;
      this.#logger.info('hydrated', { revision, units, milliseconds });
      this.events.add({ type: 'hydrated', revision, units, milliseconds }, this.#clock.now());
    } catch (error) {
      if (!(error instanceof HydrationError)) throw error;
      this.#failed = { revision, message: error.message, problems: error.problems.map(formatProblem) };
      this.#logger.warn('a revision could not be hydrated', { ...this.#failed });
      const message = [error.message, ...this.#failed.problems].join('\n');
      this.events.add({ type: 'hydration-failed', revision, message }, this.#clock.now());
    }
  }

  async #execute(snapshot: Snapshot, verdicts: readonly Verdict[]): Promise<readonly Promotion[]> {
    const promotions = await execute(this.#repository, snapshot, verdicts, this.#clock.now());
    this.#lost = 0;
    if (promotions.length > 0) await this.#report(promotions);
    return promotions;
  }

  async #report(promotions: readonly Promotion[]): Promise<void> {
    for (const observer of this.#hooks.observers ?? []) observer.promoted?.(promotions, this.#clock.now());
    for (const { id, verdict, release, commit } of promotions) {
      const { unit, environment, clusters, cause } = verdict;
      const fields = { promotion: id, unit, environment, release: release.id, clusters, cause, commit };
      this.#logger.info('promoted', fields);
      this.events.add({ type: 'promoted', ...fields }, this.#clock.now());
    }
    const placed = promotions.flatMap(({ verdict }) =>
      verdict.clusters.map((cluster) => ({ unit: verdict.unit, cluster })),
    );
    await this.#delivery.refresh(placed);
  }

  async #remind(snapshot: Snapshot): Promise<void> {
    if (snapshot.now - this.#remindedAt < REMINDER) return;
    this.#remindedAt = snapshot.now;
    await this.#delivery.refresh(staleUnits(snapshot));
  }

  async #settle(snapshot: Snapshot, verdicts: readonly Verdict[]): Promise<number | undefined> {
    for (const { unit, environment, action, reasons } of this.#changes.of(verdicts)) {
      this.events.add({ type: 'verdict', unit, environment, action, reasons }, this.#clock.now());
    }
    await this.#remind(snapshot);
    const dueAt = this.#facts.refresh(snapshot, verdicts) ?? [];
    const openings = verdicts
      .flatMap(({ opensAt }) => opensAt ?? [])
      .concat(dueAt)
      .filter((time) => time > snapshot.now);
    return openings.length === 0 ? undefined : Math.min(...openings);
  }
}
