import { getOrInsert } from '../model/get-or-insert.ts';
import type { KubeObject } from '../model/kube-object.ts';
import { StatusError } from '../model/status-error.ts';
import { History, type StoreEvent } from './history.ts';
import { LogFile, readLog } from './log-file.ts';
import { type LogRecord, parseObject } from './record.ts';
import { type Stored, Table } from './table.ts';

/** Where a store keeps its log, and how much of the past it remembers. */
export interface StoreOptions {
  readonly path: string;
  /** Events kept for watches that resume. @default 4096 */
  readonly history?: number;
  /** The log is rewritten as a snapshot beyond this many bytes and four times the last snapshot. @default 16 MiB */
  readonly compactAfter?: number;
  /** Told when a snapshot could not be written; nothing is lost by it. */
  readonly onCompactFailed?: (error: unknown) => void;
}

/** What etcd takes, https://etcd.io/docs/v3.5/dev-guide/limit/ */
const MAX_OBJECT = 1.5 * 1024 * 1024;

function tooLarge(length: number): StatusError {
  return new StatusError(
    413,
    'RequestEntityTooLarge',
    `the object has ${length} characters, the limit is ${MAX_OBJECT}`,
  );
}

/**
 * All objects of a cluster: in memory, ordered, with one growing revision, behind a log on disk. Every method is
 * synchronous, so a caller that reads and writes without awaiting is a transaction.
 */
export class Store {
  readonly #tables = new Map<string, Table>();
  readonly #log: LogFile;
  readonly #history: History;
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #compactAfter: number;
  readonly #compactFailed: ((error: unknown) => void) | undefined;
  #revision = 0;
  #compacted = 0;

  constructor(options: StoreOptions) {
    const { records, size } = readLog(options.path);
    for (const record of records) this.#replay(record);
    this.#log = new LogFile(options.path, size);
    this.#history = new History(options.history ?? 4096, this.#revision);
    this.#compactAfter = options.compactAfter ?? 16 << 20;
    this.#compacted = size;
    this.#compactFailed = options.onCompactFailed;
  }

  /** The revision of the last write. */
  get revision(): number {
    return this.#revision;
  }

  /** @returns one object, or undefined. `namespace` is empty for cluster-wide resources. */
  get(resource: string, namespace: string, name: string): Stored | undefined {
    return this.#tables.get(resource)?.get(namespace, name);
  }

  /** @returns all objects of a resource, or of one namespace, ordered by namespace and name. */
  list(resource: string, namespace?: string): readonly Stored[] {
    return this.#tables.get(resource)?.list(namespace) ?? [];
  }

  /** @returns how many objects each resource has. */
  counts(): ReadonlyMap<string, number> {
    return new Map([...this.#tables].map(([resource, table]) => [resource, table.size]));
  }

  /** Writes an object under a new revision; the store owns it from then on. */
  put(resource: string, object: KubeObject): Stored {
    const revision = this.#revision + 1;
    object.metadata.resourceVersion = String(revision);
    const stored: Stored = { object, revision, json: JSON.stringify(object) };
    if (stored.json.length > MAX_OBJECT) throw tooLarge(stored.json.length);
    this.#log.append({ op: 'put', revision, resource, json: stored.json });
    const previous = this.#table(resource).put(stored);
    this.#commit({ type: previous ? 'MODIFIED' : 'ADDED', resource, stored, previous });
    return stored;
  }

  /** Removes an object; the event carries its last state under a new revision. */
  delete(resource: string, object: KubeObject): Stored {
    const revision = this.#revision + 1;
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    const { namespace, name } = object.metadata;
    const stored: Stored = { object: last, revision, json: JSON.stringify(last) };
    const key = JSON.stringify({ metadata: { namespace, name } });
    this.#log.append({ op: 'delete', revision, resource, json: key });
    const previous = this.#table(resource).delete(last);
    this.#commit({ type: 'DELETED', resource, stored, previous });
    return stored;
  }

  /** @returns the events of a resource after a revision, or undefined when some of them are forgotten. */
  since(resource: string, revision: number): readonly StoreEvent[] | undefined {
    return this.#history.since(resource, revision);
  }

  /** Calls the listener on every write, inside of it; it must be quick and must not throw. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#log.close();
  }

  #commit(event: StoreEvent): void {
    this.#revision = event.stored.revision;
    this.#history.add(event);
    for (const listener of this.#listeners) listener(event);
    if (this.#log.size > Math.max(this.#compactAfter, 4 * this.#compacted)) this.#compact();
  }

  /** The write that led here is already safe, so a disk that refuses the snapshot only puts it off. */
  #compact(): void {
    try {
      this.#log.rewrite(this.#snapshot());
    } catch (error) {
      this.#compactFailed?.(error);
    }
    this.#compacted = this.#log.size;
  }

  *#snapshot(): Iterable<LogRecord> {
    yield { op: 'head', revision: this.#revision };
    for (const [resource, table] of this.#tables) {
      for (const { json, revision } of table.list()) yield { op: 'put', revision, resource, json };
    }
  }

  #replay(record: LogRecord): void {
    this.#revision = Math.max(this.#revision, record.revision);
    if (record.op === 'head') return;
    const object = parseObject(record.json);
    if (record.op === 'delete') this.#table(record.resource).delete(object);
    else this.#table(record.resource).put({ object, revision: record.revision, json: record.json });
  }

  #table(resource: string): Table {
    return getOrInsert(this.#tables, resource, () => new Table());
  }
}
