import { type Clock, systemClock } from './clock.ts';

/** How a {@link WorkQueue} works off its keys. */
export interface WorkQueueOptions {
  /** Does the work of one key. A rejection is handed to `onError`; the queue goes on. */
  readonly handle: (key: string) => Promise<void>;
  readonly onError: (key: string, error: unknown) => void;
  /** How many keys are worked on at the same time. @default 10 */
  readonly workers?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Keys waiting for work, as in client-go's workqueue: a key that is added while it waits is worked on once, a key that
 * is added while it is worked on is worked on once more afterwards, and never by two workers at the same time.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  readonly #again = new Set<string>();
  readonly #timers = new Map<string, { readonly due: number; readonly cancel: () => void }>();
  #idle: (() => void)[] = [];
  #closed = false;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  /** Asks for work on a key as soon as a worker is free. */
  add(key: string): void {
    if (this.#closed) return;
    if (this.#running.has(key)) this.#again.add(key);
    else this.#waiting.add(key);
    this.#fill();
  }

  /** Asks for work on a key later; of several times the earliest counts. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#closed) return;
    const clock = this.#options.clock ?? systemClock;
    const due = clock.now().getTime() + milliseconds;
    const existing = this.#timers.get(key);
    if (existing !== undefined && existing.due <= due) return;
    existing?.cancel();
    const cancel = clock.after(milliseconds, () => {
      this.#timers.delete(key);
      this.add(key);
    });
    this.#timers.set(key, { due, cancel });
  }

  /** Resolves when nothing waits and nothing runs; timers do not count. */
  async idle(): Promise<void> {
    if (this.#waiting.size === 0 && this.#running.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Forgets what waits and resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#waiting.clear();
    this.#again.clear();
    await this.idle();
  }

  #fill(): void {
    const workers = this.#options.workers ?? 10;
    for (const key of this.#waiting) {
      if (this.#running.size >= workers) return;
      this.#waiting.delete(key);
      this.#running.add(key);
      void this.#run(key);
    }
  }

  async #run(key: string): Promise<void> {
    try {
      await this.#options.handle(key);
    } catch (error) {
      this.#options.onError(key, error);
    }
    this.#running.delete(key);
    if (this.#again.delete(key) && !this.#closed) this.#waiting.add(key);
    this.#fill();
    if (this.#waiting.size > 0 || this.#running.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
