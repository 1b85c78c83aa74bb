import type { Stored } from './table.ts';

/** One write, as watches see it. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: string;
  readonly stored: Stored;
  readonly previous: Stored | undefined;
}

/** The last events of a store, in a ring of fixed size. */
export class History {
  readonly #events: (StoreEvent | undefined)[];
  /** Everything up to this revision is forgotten. */
  #forgotten: number;
  #next = 0;

  constructor(size: number, revision: number) {
    this.#events = new Array(size);
    this.#forgotten = revision;
  }

  add(event: StoreEvent): void {
    const evicted = this.#events[this.#next];
    if (evicted !== undefined) this.#forgotten = evicted.stored.revision;
    this.#events[this.#next] = event;
    this.#next = (this.#next + 1) % this.#events.length;
  }

  /** @returns the events of one resource after a revision in order, or undefined when some are forgotten. */
  since(resource: string, revision: number): readonly StoreEvent[] | undefined {
    if (revision < this.#forgotten) return undefined;
    const found: StoreEvent[] = [];
    for (let step = 0; step < this.#events.length; step++) {
      const event = this.#events[(this.#next + step) % this.#events.length];
      if (event?.resource === resource && event.stored.revision > revision) found.push(event);
    }
    return found;
  }
}
