import type { NewEvent, PromoterEvent } from './promoter-event.ts';

/** An event with its place in the log. */
export interface NumberedEvent {
  readonly id: number;
  readonly event: PromoterEvent;
}

const KEPT = 1_000;

/** The latest events, for those who watch. A convenience: what happened is kept in git, not here. */
export class EventLog {
  readonly #events: NumberedEvent[] = [];
  readonly #listeners = new Set<(event: NumberedEvent) => void>();
  #next = 1;

  add(event: NewEvent, now: number): void {
    const numbered = {
      id: this.#next,
      event: { ...event, at: new Date(now).toISOString() } as PromoterEvent,
    };
    this.#next += 1;
    this.#events.push(numbered);
    if (this.#events.length > KEPT) this.#events.shift();
    for (const listener of this.#listeners) listener(numbered);
  }

  /** The kept events after a given one; all of them after one of a log that was lost with its process. */
  since(id: number): readonly NumberedEvent[] {
    if (id >= this.#next) return [...this.#events];
    return this.#events.filter((event) => event.id > id);
  }

  /** @returns the function that ends it */
  subscribe(listener: (event: NumberedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
