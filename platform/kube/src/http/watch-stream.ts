import type { ServerResponse } from 'node:http';
import type { KubeObject } from '../model/kube-object.ts';
import { expired } from '../model/status-error.ts';
import type { StoreEvent } from '../store/history.ts';
import type { Stored } from '../store/table.ts';
import type { Selection } from './selection.ts';

/** The types of a watch event. */
export type WatchType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/** How a watch writes an object: as itself, or as a row of a table. */
export type WatchEncoder = (stored: Stored) => string;

/** Bytes that may wait for a client that does not read before its watch is ended. */
const MAX_BACKLOG = 8 * 1024 * 1024;

/**
 * One watch. Events are collected and written once per turn of the event loop; a client that is slow only fills its own
 * buffer, and is cut off when that is full: it lists or resumes, as clients do.
 */
export class WatchStream {
  readonly #response: ServerResponse;
  readonly #selection: Selection;
  readonly #encode: WatchEncoder;
  #waiting: string[] = [];
  #scheduled = false;
  #revision: number;

  constructor(response: ServerResponse, selection: Selection, encode: WatchEncoder, revision: number) {
    this.#response = response;
    this.#selection = selection;
    this.#encode = encode;
    this.#revision = revision;
  }

  /** The resource that is watched. */
  get resource(): string {
    return this.#selection.served.type.id;
  }

  /** Sends the objects that exist. */
  sendInitial(items: readonly Stored[]): void {
    for (const stored of items) this.#push(frame('ADDED', this.#encode(stored)));
  }

  /** Sends an event if it concerns what is watched; an object that leaves the selection is deleted for this watch. */
  send(event: StoreEvent): void {
    const { stored, previous } = event;
    if (stored.revision <= this.#revision || !this.#isInScope(stored.object)) return;
    this.#revision = stored.revision;
    const type = this.#typeFor(event, previous);
    if (type !== undefined) this.#push(frame(type, this.#encode(stored)));
  }

  /** Tells the client a revision from which it can go on. */
  sendBookmark(revision: number, annotations?: Readonly<Record<string, string>>): void {
    const { type, version } = this.#selection.served;
    this.#revision = Math.max(this.#revision, revision);
    const metadata = {
      resourceVersion: String(revision),
      creationTimestamp: null,
      ...(annotations ? { annotations } : {}),
    };
    const apiVersion = type.group === '' ? version.name : `${type.group}/${version.name}`;
    this.#push(frame('BOOKMARK', JSON.stringify({ kind: type.kind, apiVersion, metadata })));
  }

  /** Ends the watch with 410: the client has to list again. */
  sendExpired(message: string): void {
    this.#push(frame('ERROR', JSON.stringify(expired(message).toStatus())));
    this.end();
  }

  end(): void {
    this.#flush();
    this.#response.end();
  }

  #isInScope(object: KubeObject): boolean {
    const { namespace } = this.#selection;
    return namespace === undefined || namespace === '' || object.metadata.namespace === namespace;
  }

  #typeFor(event: StoreEvent, previous: Stored | undefined): WatchType | undefined {
    const { selects } = this.#selection;
    if (selects === undefined) return event.type;
    const was = previous !== undefined && selects(previous.object);
    const is = event.type !== 'DELETED' && selects(event.stored.object);
    if (is) return was ? 'MODIFIED' : 'ADDED';
    return was ? 'DELETED' : undefined;
  }

  #push(text: string): void {
    this.#waiting.push(text);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#waiting.length === 0 || this.#response.destroyed) return;
    this.#response.write(this.#waiting.join(''));
    this.#waiting = [];
    if (this.#response.writableLength > MAX_BACKLOG) this.#response.destroy();
  }
}

function frame(type: WatchType, object: string): string {
  return `{"type":"${type}","object":${object}}\n`;
}
