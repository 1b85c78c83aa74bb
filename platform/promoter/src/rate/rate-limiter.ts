import type { Clock } from '../ports.ts';
import { type BucketSize, TokenBucket } from './token-bucket.ts';

/** From how many callers on those that have been quiet are forgotten. */
const KEPT = 10_000;

/** A {@link TokenBucket} for each caller. */
export class RateLimiter {
  readonly #size: BucketSize;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(size: BucketSize, clock: Clock) {
    this.#size = size;
    this.#clock = clock;
  }

  /** Counts one request. @returns 0, or the milliseconds after which the caller may try again */
  take(caller: string): number {
    const known = this.#buckets.get(caller);
    const bucket = known ?? new TokenBucket(this.#size, this.#clock);
    if (known === undefined) this.#remember(caller, bucket);
    return bucket.take();
  }

  /** Forgets full buckets, which says nothing new about their owners, and then the oldest. */
  #remember(caller: string, bucket: TokenBucket): void {
    if (this.#buckets.size >= KEPT) {
      for (const [name, { full }] of this.#buckets) if (full) this.#buckets.delete(name);
      const oldest = this.#buckets.keys().next().value;
      if (this.#buckets.size >= KEPT && oldest !== undefined) this.#buckets.delete(oldest);
    }
    this.#buckets.set(caller, bucket);
  }
}
