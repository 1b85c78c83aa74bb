import type { StoreEvent } from '../store/history.ts';

/** Something to look at. */
export type WorkItem =
  | { readonly kind: 'object'; readonly resource: string; readonly namespace: string; readonly name: string }
  | { readonly kind: 'garbage'; readonly event: StoreEvent };

/** Items that are worked off before other tasks of the event loop get their turn. */
const BATCH = 200;

/** Works through items one after the other; an object that waits already is not added twice. */
export class WorkQueue {
  readonly #work: (item: WorkItem) => number | undefined;
  #waiting: WorkItem[] = [];
  readonly #known = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #scheduled: NodeJS.Immediate | undefined;
  #closed = false;

  /** @param work handles an item and returns after how many milliseconds it wants to see it again */
  constructor(work: (item: WorkItem) => number | undefined) {
    this.#work = work;
  }

  add(item: WorkItem): void {
    if (this.#closed) return;
    const id = idOf(item);
    if (id !== undefined) {
      if (this.#known.has(id)) return;
      this.#known.add(id);
    }
    this.#waiting.push(item);
    this.#scheduled ??= setImmediate(() => this.#drain());
  }

  close(): void {
    this.#closed = true;
    clearImmediate(this.#scheduled);
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #drain(): void {
    this.#scheduled = undefined;
    const batch = this.#waiting.splice(0, BATCH);
    for (const item of batch) this.#handle(item);
    if (this.#waiting.length > 0 && !this.#closed) this.#scheduled ??= setImmediate(() => this.#drain());
  }

  #handle(item: WorkItem): void {
    const id = idOf(item);
    if (id !== undefined) {
      this.#known.delete(id);
      clearTimeout(this.#timers.get(id));
      this.#timers.delete(id);
    }
    const again = this.#work(item);
    if (again === undefined || this.#closed) return;
    const timer = setTimeout(() => this.add(item), again);
    timer.unref();
    if (id !== undefined) this.#timers.set(id, timer);
  }
}

function idOf(item: WorkItem): string | undefined {
  return item.kind === 'object' ? `${item.resource}/${item.namespace}/${item.name}` : undefined;
}
