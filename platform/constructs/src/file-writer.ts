import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { END, type WriteBatch } from './write-batch.ts';

/** So many characters go to the writing thread at once. */
const BATCH = 512 * 1024;
/**
 * Writes many small files below a folder from a thread of its own, so that synth goes on meanwhile: creating files
 * takes about as long as synthesizing them.
 */
export class FileWriter {
  readonly #root: string;
  readonly #worker = new Worker(new URL('./file-writer-thread.ts', import.meta.url));
  readonly #ended: Promise<unknown>;
  #files = '';

  constructor(root: string) {
    this.#root = root;
    this.#ended = once(this.#worker, 'exit');
    this.#ended.catch(() => undefined);
  }

  /** Takes files, path → content; they are written soon, or at {@link close}. */
  add(files: Readonly<Record<string, string>>, folder = ''): void {
    for (const [path, content] of Object.entries(files))
      this.#files += `${folder}${path}${END}${content}${END}`;
    if (this.#files.length >= BATCH) this.#flush();
  }

  /** Waits until everything is on disk. Rejects when a file could not be written. */
  async close(): Promise<void> {
    this.#flush();
    this.#worker.postMessage(undefined);
    await this.#ended;
  }

  #flush(): void {
    if (this.#files !== '')
      this.#worker.postMessage({ root: this.#root, files: this.#files } satisfies WriteBatch);
    this.#files = '';
  }
}
