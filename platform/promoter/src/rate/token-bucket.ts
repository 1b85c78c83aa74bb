import type { Clock } from '../ports.ts';

/** How much a {@link TokenBucket} holds, and how fast it fills again. */
export interface BucketSize {
  /** Most that can be taken at once. */
  readonly capacity: number;
  /** How many come back in one second. */
  readonly perSecond: number;
}

/**
 * A token bucket: in any stretch of `t` seconds at most `capacity + perSecond × t` are taken. Full at the start.
 */
export class TokenBucket {
  readonly #size: BucketSize;
  readonly #clock: Clock;
  #tokens: number;
  #at: number;

  constructor(size: BucketSize, clock: Clock) {
    this.#size = size;
    this.#clock = clock;
    this.#tokens = size.capacity;
    this.#at = clock.now();
  }

  /** Whether nothing is missing, so that a new bucket would be the same. */
  get full(): boolean {
    this.#fill();
    return this.#tokens >= this.#size.capacity;
  }

  /** Milliseconds until one can be taken; 0 now. Takes nothing. */
  wait(): number {
    this.#fill();
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#size.perSecond) * 1_000);
  }

  /** Takes one. @returns 0, or the milliseconds until one can be taken, and none was */
  take(): number {
    const wait = this.wait();
    if (wait === 0) this.#tokens -= 1;
    return wait;
  }

  /** A clock that went back gives nothing, and takes nothing away. */
  #fill(): void {
    const now = this.#clock.now();
    const seconds = Math.max(now - this.#at, 0) / 1_000;
    this.#tokens = Math.min(this.#size.capacity, this.#tokens + seconds * this.#size.perSecond);
    this.#at = now;
  }
}
