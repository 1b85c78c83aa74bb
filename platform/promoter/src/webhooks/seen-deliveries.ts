import { createHash } from 'node:crypto';

/** How many deliveries are remembered. */
const KEPT = 5_000;

/**
 * Remembers webhooks, so that none is believed twice. The forge's id of a delivery is not signed everywhere, so the body
 * counts too: that of a push names the commits before and after and when it was made, and does not come twice.
 */
export class SeenDeliveries {
  readonly #seen = new Set<string>();
  readonly #kept: number;

  constructor(kept: number = KEPT) {
    this.#kept = kept;
  }

  /** @returns whether it is new, and remembers it */
  add(delivery: string | undefined, body: string): boolean {
    const keys = [`body ${createHash('sha256').update(body).digest('base64')}`];
    if (delivery !== undefined) keys.push(`id ${delivery.slice(0, 200)}`);
    if (keys.some((key) => this.#seen.has(key))) return false;
    for (const key of keys) this.#seen.add(key);
    for (const key of this.#seen) {
      if (this.#seen.size <= this.#kept * 2) break;
      this.#seen.delete(key);
    }
    return true;
  }
}
