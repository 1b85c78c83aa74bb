import { getOrInsert } from '../model/get-or-insert.ts';
import type { StoreEvent } from '../store/history.ts';
import type { Store } from '../store/store.ts';
import type { WatchStream } from './watch-stream.ts';

/** How often a quiet watch is told where it is, https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks */
const BOOKMARK_EVERY = 60_000;

/** All watches of a cluster, by resource. */
export class WatchHub {
  readonly #streams = new Map<string, Set<WatchStream>>();
  readonly #bookmarked = new Set<WatchStream>();
  readonly #store: Store;
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;

  constructor(store: Store) {
    this.#store = store;
    this.#unsubscribe = store.subscribe((event) => this.#deliver(event));
    this.#timer = setInterval(() => this.#bookmark(), BOOKMARK_EVERY);
    this.#timer.unref();
  }

  /** Number of open watches. */
  get size(): number {
    let size = 0;
    for (const streams of this.#streams.values()) size += streams.size;
    return size;
  }

  /** @param bookmarks whether the client asked for them */
  add(stream: WatchStream, bookmarks: boolean): void {
    getOrInsert(this.#streams, stream.resource, () => new Set()).add(stream);
    if (bookmarks) this.#bookmarked.add(stream);
  }

  remove(stream: WatchStream): void {
    this.#streams.get(stream.resource)?.delete(stream);
    this.#bookmarked.delete(stream);
  }

  /** Ends the watches of a resource that is not served any more, or all. */
  endAll(resource?: string): void {
    for (const [id, streams] of this.#streams) {
      if (resource === undefined || id === resource) for (const stream of streams) stream.end();
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
    this.endAll();
  }

  #deliver(event: StoreEvent): void {
    const streams = this.#streams.get(event.resource);
    if (streams !== undefined) for (const stream of streams) stream.send(event);
  }

  #bookmark(): void {
    for (const stream of this.#bookmarked) stream.sendBookmark(this.#store.revision);
  }
}
