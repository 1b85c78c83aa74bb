import { StatusError } from '../model/status-error.ts';
import type { Store } from '../store/store.ts';
import type { Exchange } from './exchange.ts';
import type { ListOptions } from './list-options.ts';
import { type Selection, select } from './selection.ts';
import type { WatchHub } from './watch-hub.ts';
import { type WatchEncoder, WatchStream } from './watch-stream.ts';

/** What a watch is made of. */
export interface WatchRequest {
  readonly exchange: Exchange;
  readonly store: Store;
  readonly hub: WatchHub;
  readonly selection: Selection;
  readonly options: ListOptions;
  readonly encode: WatchEncoder;
}

/**
 * Opens a watch.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-watch and #streaming-lists
 * @throws StatusError 504 for a revision that does not exist yet
 */
export function openWatch(watch: WatchRequest): void {
  const { exchange, store, hub, selection, options, encode } = watch;
  const from = options.resourceVersion === '' ? 0 : Number(options.resourceVersion);
  if (from > store.revision) throw tooLarge(from, store.revision);
  const { response } = exchange;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  const initial = options.sendInitialEvents ?? from === 0;
  const stream = new WatchStream(response, selection, encode, initial ? store.revision : from);
  if (initial) sendInitial(stream, watch);
  else if (!resume(stream, watch, options.sendInitialEvents === false && from === 0 ? store.revision : from))
    return;
  hub.add(stream, options.allowWatchBookmarks);
  const timer = setTimeout(() => endInTime(stream, store, options), timeout(options));
  response.on('close', () => {
    clearTimeout(timer);
    hub.remove(stream);
  });
}

function sendInitial(stream: WatchStream, { store, selection, options }: WatchRequest): void {
  stream.sendInitial(select(store, selection));
  const announces = options.sendInitialEvents === true && options.allowWatchBookmarks;
  if (announces) stream.sendBookmark(store.revision, { 'k8s.io/initial-events-end': 'true' });
}

/** @returns false when the history does not reach back that far; the client has been told so. */
function resume(stream: WatchStream, { store, selection }: WatchRequest, from: number): boolean {
  const missed = store.since(selection.served.type.id, from);
  if (missed === undefined) {
    stream.sendExpired(`too old resource version: ${from} (${store.revision})`);
    return false;
  }
  for (const event of missed) stream.send(event);
  return true;
}

function endInTime(stream: WatchStream, store: Store, options: ListOptions): void {
  if (options.allowWatchBookmarks) stream.sendBookmark(store.revision);
  stream.end();
}

/** Half an hour to an hour unless the client says otherwise, as on a real API server. */
function timeout({ timeoutSeconds }: ListOptions): number {
  return Math.min(timeoutSeconds || 1800 * (1 + Math.random()), 86_400) * 1000;
}

function tooLarge(asked: number, current: number): StatusError {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return new StatusError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}
