import type { Repository } from '@drydock/git';
import { type Clock, type Logger, silentLogger, systemClock, systemTimer, type Timer } from '../ports.ts';
import type { PromoterObserver, Settled } from '../promoter-hooks.ts';
import { OUTCOMES, type Outcome } from './notice.ts';
import { nextDeliveries, type Present } from './outbox.ts';
import { type PromotedCommit, promotionsSince } from './promotions-since.ts';
import { standingNotices } from './standing-notices.ts';
import type { Target } from './target.ts';
import { ToldStore } from './told-store.ts';

/** A target, and which outcomes it wants. */
export interface Subscription {
  readonly target: Target;
  /** @default all */
  readonly outcomes?: readonly Outcome[] | undefined;
}

export interface NotifierOptions {
  readonly repository: Repository;
  readonly subscriptions: readonly Subscription[];
  /** Whether this replica is the one that acts. Default: always. */
  readonly mayAct?: (() => boolean) | undefined;
  readonly clock?: Clock | undefined;
  readonly timer?: Timer | undefined;
  readonly logger?: Logger | undefined;
}

/** Milliseconds before a target that does not answer is tried again: doubled each time up to the second number. */
const AGAIN = 5_000;
const AGAIN_AT_MOST = 600_000;

/** Tells targets what has happened: each at least once, in order, whatever is killed in between. */
export class Notifier implements PromoterObserver {
  readonly #options: NotifierOptions;
  readonly #told: ToldStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  /** Target → when it may be tried again, and how long it was waited the last time. */
  readonly #waiting = new Map<string, { readonly at: number; readonly wait: number }>();
  #latest: Settled | undefined;
  #round: Promise<void> | undefined;
  #cancel = () => {};
  #closed = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#told = new ToldStore(options.repository);
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
  }

  settled(settled: Settled): void {
    this.#latest = settled;
    if (this.#closed) return;
    this.#round ??= this.#run().finally(() => {
      this.#round = undefined;
    });
  }

  /** Resolves when the round that is under way has ended; there will be no other. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#round;
  }

  async #run(): Promise<void> {
    this.#cancel();
    let seen: Settled | undefined;
    while (this.#latest !== undefined && !this.#closed) {
      seen = this.#latest;
      this.#latest = undefined;
      await this.round(seen);
    }
    const next = Math.min(...[...this.#waiting.values()].map(({ at }) => at));
    if (this.#closed || seen === undefined || !Number.isFinite(next)) return;
    const again = seen;
    const wait = Math.max(next - this.#clock.now(), 0);
    this.#cancel = (this.#options.timer ?? systemTimer).start(wait, () =>
      this.settled(this.#latest ?? again),
    );
  }

  /** Tells every target what it has not been told yet. Failures are logged, and tried again later. */
  async round(settled: Pick<Settled, 'snapshot' | 'verdicts'>): Promise<void> {
    for (const subscription of this.#options.subscriptions) {
      const { name } = subscription.target;
      const waiting = this.#waiting.get(name);
      if (waiting !== undefined && waiting.at > this.#clock.now()) continue;
      try {
        await this.#tell(subscription, settled);
        this.#waiting.delete(name);
      } catch (error) {
        const wait = Math.min(waiting === undefined ? AGAIN : waiting.wait * 2, AGAIN_AT_MOST);
        this.#waiting.set(name, { at: this.#clock.now() + wait, wait });
        this.#logger.warn('a notification was not taken, trying again', {
          target: name,
          error: String(error),
        });
      }
    }
  }

  async #tell(
    { target, outcomes = OUTCOMES }: Subscription,
    settled: Pick<Settled, 'snapshot' | 'verdicts'>,
  ): Promise<void> {
    const before = await this.#told.load(target.name);
    const present = await this.#present(before?.cursors, settled);
    const wants = (outcome: Outcome) => outcomes.includes(outcome);
    for (const { notices, told } of nextDeliveries(before, present, wants)) {
      for (const notice of notices) {
        if (this.#closed || this.#options.mayAct?.() === false) return;
        if (!(await target.send(notice)))
          this.#logger.error('a notification was refused for good', { target: target.name, id: notice.id });
      }
      await this.#told.save(target.name, told, this.#clock.now());
    }
  }

  async #present(
    cursors: Readonly<Record<string, string>> | undefined,
    { snapshot, verdicts }: Pick<Settled, 'snapshot' | 'verdicts'>,
  ): Promise<Present> {
    const { repository } = this.#options;
    const heads = new Map<string, string>();
    const promoted = new Map<string, readonly PromotedCommit[] | undefined>();
    for (const { environment, commit: head } of snapshot.heads) {
      if (head === undefined) continue;
      heads.set(environment, head);
      const since = cursors?.[environment];
      if (cursors !== undefined && since !== head)
        promoted.set(environment, await promotionsSince(repository, environment, { head, since }));
    }
    return { heads, promoted, standing: standingNotices(snapshot, verdicts) };
  }
}
