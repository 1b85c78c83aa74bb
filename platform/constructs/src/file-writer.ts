import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** So many files go to the writing thread at once. */
const BATCH = 256;

/** What the writing thread is told. */
export interface WriteBatch {
  readonly root: string;
  /** Path below the root, content, path, content … */
  readonly files: readonly string[];
}

/**
 * Writes many small files below a folder from a thread of its own, so that synth goes on meanwhile: creating files
 * takes about as long as synthesizing them.
 */
export class FileWriter {
  readonly #root: string;
  readonly #worker = new Worker(new URL('./file-writer-thread.ts', import.meta.url));
  readonly #ended: Promise<unknown>;
  #files: string[] = [];

  constructor(root: string) {
    this.#root = root;
    this.#ended = once(this.#worker, 'exit');
    this.#ended.catch(() => undefined);
  }

  /** Takes files, path → content; they are written soon, or at {@link close}. */
  add(files: Readonly<Record<string, string>>, folder = ''): void {
    for (const [path, content] of Object.entries(files)) this.#files.push(`${folder}${path}`, content);
    if (this.#files.length >= BATCH * 2) this.#flush();
  }

  /** Waits until everything is on disk. Rejects when a file could not be written. */
  async close(): Promise<void> {
    this.#flush();
    this.#worker.postMessage(undefined);
    await this.#ended;
  }

  #flush(): void {
    if (this.#files.length > 0)
      this.#worker.postMessage({ root: this.#root, files: this.#files } satisfies WriteBatch);
    this.#files = [];
  }
}
