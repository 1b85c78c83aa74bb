import { setImmediate } from 'node:timers/promises';
import type { Random } from './random.ts';

interface Waiting {
  readonly owner: object;
  readonly go: () => void;
}

/**
 * Lets everything that runs at once take turns: each step of it waits here, and one at a time goes on, in an order that
 * a seed decides. That makes any interleaving possible and each one repeatable.
 */
export class Turns {
  readonly #random: Random;
  #waiting: Waiting[] = [];
  readonly #busy = new Set<Promise<unknown>>();
  readonly #dead = new WeakSet<object>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Waits for a turn. Where the owner is killed before, for ever. */
  take(owner: object): Promise<void> {
    return new Promise((go) => {
      if (!this.#dead.has(owner)) this.#waiting.push({ owner, go });
    });
  }

  /** What somebody does in their turn; nobody else goes on before it has ended. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy.add(work);
    try {
      return await work;
    } finally {
      this.#busy.delete(work);
    }
  }

  /** Gives up to `count` turns. @returns whether somebody still waits */
  async give(count: number): Promise<boolean> {
    await this.#quiet();
    for (let given = 0; given < count && this.#waiting.length > 0; given += 1) {
      const [next] = this.#waiting.splice(this.#random.below(this.#waiting.length), 1);
      next?.go();
      await this.#quiet();
    }
    return this.#waiting.length > 0;
  }

  /** Whoever belongs to a killed process never goes on. */
  kill(owner: object): void {
    this.#dead.add(owner);
    this.#waiting = this.#waiting.filter((waiting) => waiting.owner !== owner);
  }

  /** Until nothing happens any more without another turn. */
  async #quiet(): Promise<void> {
    do {
      await Promise.allSettled(this.#busy);
      await setImmediate();
    } while (this.#busy.size > 0);
  }
}
