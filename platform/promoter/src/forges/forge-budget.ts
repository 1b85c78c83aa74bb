import type { Clock } from '../ports.ts';
import { TokenBucket } from '../rate/token-bucket.ts';

/**
 * Two buckets of which each gives less than GitHub allows in any minute and any hour: "no more than 80 content-generating
 * requests per minute and no more than 500 per hour" (docs.github.com, "Rate limits for the REST API"). Capacity and
 * refill add up to 75 a minute and 480 an hour. Other forges allow more; the same holds there.
 */
const MINUTE = { capacity: 30, perSecond: 45 / 60 } as const;
const HOUR = { capacity: 60, perSecond: 420 / 3_600 } as const;

/** How much content may be created on a forge now. */
export class ForgeBudget {
  readonly #minute: TokenBucket;
  readonly #hour: TokenBucket;
  readonly #clock: Clock;
  #closedUntil = 0;

  constructor(clock: Clock) {
    this.#minute = new TokenBucket(MINUTE, clock);
    this.#hour = new TokenBucket(HOUR, clock);
    this.#clock = clock;
  }

  /** Nothing at all until a time, because the forge has said so; milliseconds since the epoch. */
  closeUntil(time: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, time);
  }

  /** Milliseconds until anything may be asked; 0 now. */
  closed(): number {
    return Math.max(this.#closedUntil - this.#clock.now(), 0);
  }

  /** Takes one call that creates content. @returns 0, or the milliseconds to wait, and none was taken */
  take(): number {
    const wait = Math.max(this.closed(), this.#minute.wait(), this.#hour.wait());
    if (wait > 0) return wait;
    this.#minute.take();
    this.#hour.take();
    return 0;
  }
}
