import { UnavailableError } from '@drydock/model';
import {
  type ApplyOptions,
  type ClusterClient,
  ClusterError,
  type DeleteOptions,
  type ObjectPlace,
  type PatchOptions,
  type ResourceType,
  type WatchEvent,
  type WatchOptions,
} from './cluster-client.ts';
import { apiVersionOf, isRecord, type KubeObject, keyOf } from './kube-object.ts';
import { mergePatch } from './merge-patch.ts';

interface Watcher {
  readonly kind: string;
  readonly onEvent: (event: WatchEvent) => void;
  readonly end: (error?: Error) => void;
}

/**
 * A {@link ClusterClient} in memory, for tests: enough of an API server to store, version, merge and announce objects.
 * Lists are replaced as a whole and there is one field manager.
 */
export class MemoryCluster implements ClusterClient {
  readonly name: string;
  /** Every write that came in, as `verb Kind/name`. */
  readonly writes: string[] = [];
  /** Throw from here to refuse a write. */
  refuse: (verb: string, object: { kind: string; name: string }) => Error | undefined = () => undefined;
  readonly #types: ResourceType[] = [];
  readonly #objects = new Map<string, KubeObject>();
  readonly #applied = new Map<string, KubeObject>();
  readonly #history: WatchEvent[] = [];
  readonly #watchers = new Set<Watcher>();
  readonly #changed = new Set<() => void>();
  #version = 0;
  #reachable = true;

  constructor(name: string, types: readonly ResourceType[]) {
    this.name = name;
    this.#types.push(...types);
  }

  /** Cuts or restores the connection. */
  setReachable(reachable: boolean): void {
    this.#reachable = reachable;
    if (!reachable) for (const watcher of [...this.#watchers]) watcher.end(this.#unreachable());
  }

  /** Makes a kind known, as installing its CustomResourceDefinition would. */
  serve(type: ResourceType): void {
    this.#types.push(type);
  }

  /** Stores an object as it is, as somebody else would. */
  put(object: KubeObject): KubeObject {
    return this.#store(object);
  }

  /** Reads an object by `Kind/name` or `Kind/namespace/name`. */
  read(path: string): KubeObject | undefined {
    const [kind, ...rest] = path.split('/');
    const [namespace, name] = rest.length === 1 ? ['', rest[0]] : rest;
    return [...this.#objects.values()].find(
      (object) =>
        object.kind === kind &&
        object.metadata.name === name &&
        (object.metadata.namespace ?? '') === namespace,
    );
  }

  /** Resolves with the first value that is not `undefined`, looking again after every change. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const listener = (): void => {
          this.#changed.delete(listener);
          resolve();
        };
        this.#changed.add(listener);
      });
    }
  }

  async findType(apiVersion: string, kind: string): Promise<ResourceType | undefined> {
    this.#connect();
    return this.#types.find(
      (type) => type.kind === kind && apiVersionOf(type.group, type.version) === apiVersion,
    );
  }

  forgetTypes(): void {}

  async get(type: ResourceType, place: ObjectPlace): Promise<KubeObject | undefined> {
    this.#connect();
    return this.#objects.get(this.#key(type, place));
  }

  async list(
    type: ResourceType,
  ): Promise<{ readonly items: readonly KubeObject[]; readonly resourceVersion: string }> {
    this.#connect();
    const items = [...this.#objects.values()].filter((object) => object.kind === type.kind);
    return { items, resourceVersion: String(this.#version) };
  }

  async watch(type: ResourceType, { resourceVersion, signal, onEvent }: WatchOptions): Promise<void> {
    this.#connect();
    for (const event of this.#history) {
      const isLater = Number(event.object.metadata.resourceVersion) > Number(resourceVersion);
      if (isLater && event.object.kind === type.kind) onEvent(event);
    }
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error): void => {
        this.#watchers.delete(watcher);
        if (error === undefined) resolve();
        else reject(error);
      };
      const watcher: Watcher = { kind: type.kind, onEvent, end };
      this.#watchers.add(watcher);
      signal.addEventListener('abort', () => end(), { once: true });
    });
  }

  async apply(type: ResourceType, object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    this.#connect();
    const key = this.#key(type, object.metadata);
    if (options.dryRun !== true) this.#write('apply', type, object.metadata);
    const live = this.#objects.get(key);
    const kept = live === undefined ? {} : without(live, this.#applied.get(key), object);
    const next = mergePatch(kept, object) as KubeObject;
    if (options.dryRun === true) return next;
    this.#applied.set(key, object);
    return this.#store(next);
  }

  async create(type: ResourceType, object: KubeObject): Promise<KubeObject> {
    this.#connect();
    if (this.#objects.has(this.#key(type, object.metadata))) {
      throw new ClusterError(`${object.metadata.name} already exists`, {
        code: 409,
        reason: 'AlreadyExists',
      });
    }
    this.#write('create', type, object.metadata);
    return this.#store(object);
  }

  async replace(type: ResourceType, object: KubeObject): Promise<KubeObject> {
    this.#connect();
    this.#write('replace', type, object.metadata);
    return this.#store(object);
  }

  async patch(type: ResourceType, place: ObjectPlace, change: PatchOptions): Promise<KubeObject> {
    this.#connect();
    const live = this.#objects.get(this.#key(type, place));
    if (live === undefined) throw new ClusterError(`${place.name} not found`, { code: 404 });
    this.#write('patch', type, place);
    return this.#store(mergePatch(live, change.patch) as KubeObject);
  }

  async delete(type: ResourceType, place: ObjectPlace, _options: DeleteOptions = {}): Promise<boolean> {
    this.#connect();
    const live = this.#objects.get(this.#key(type, place));
    if (live === undefined) return false;
    this.#write('delete', type, place);
    if ((live.metadata.finalizers ?? []).length === 0) this.#remove(live);
    else this.#store({ ...live, metadata: { ...live.metadata, deletionTimestamp: '2030-01-01T00:00:00Z' } });
    return true;
  }

  async close(): Promise<void> {
    for (const watcher of [...this.#watchers]) watcher.end();
  }

  #store(object: KubeObject): KubeObject {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before !== undefined && bare(before) === bare(object)) return before;
    const { metadata } = object;
    if (metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0) {
      return this.#remove(object);
    }
    const changed = before === undefined || JSON.stringify(before.spec) !== JSON.stringify(object.spec);
    const generation = (before?.metadata.generation ?? 0) + (changed ? 1 : 0);
    const uid = before?.metadata.uid ?? `uid-${this.#version + 1}`;
    const resourceVersion = String(++this.#version);
    const stored = { ...object, metadata: { ...metadata, uid, generation, resourceVersion } };
    this.#objects.set(key, stored);
    this.#announce({ type: before === undefined ? 'ADDED' : 'MODIFIED', object: stored });
    return stored;
  }

  #remove(object: KubeObject): KubeObject {
    this.#objects.delete(keyOf(object));
    this.#applied.delete(keyOf(object));
    const gone = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } };
    this.#announce({ type: 'DELETED', object: gone });
    return gone;
  }

  #announce(event: WatchEvent): void {
    this.#history.push(event);
    for (const watcher of this.#watchers) if (watcher.kind === event.object.kind) watcher.onEvent(event);
    for (const listener of [...this.#changed]) listener();
  }

  #write(verb: string, type: ResourceType, place: ObjectPlace): void {
    this.writes.push(`${verb} ${type.kind}/${place.name}`);
    const refusal = this.refuse(verb, { kind: type.kind, name: place.name });
    if (refusal !== undefined) throw refusal;
  }

  #connect(): void {
    if (!this.#reachable) throw this.#unreachable();
  }

  #unreachable(): Error {
    return new UnavailableError(`cluster "${this.name}" does not answer`);
  }

  #key(type: ResourceType, place: ObjectPlace): string {
    return `${type.group}/${type.kind}/${place.namespace ?? ''}/${place.name}`;
  }
}

function bare(object: KubeObject): string {
  const { resourceVersion: _r, generation: _g, uid: _u, ...metadata } = object.metadata;
  return JSON.stringify(sorted({ ...object, metadata }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

/** Removes what was applied before and is not applied any more. */
function without(live: unknown, applied: unknown, next: unknown): unknown {
  if (!isRecord(live) || !isRecord(applied)) return live;
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(live)) {
    const wanted = isRecord(next) ? next[name] : undefined;
    if (applied[name] !== undefined && wanted === undefined) continue;
    kept[name] = without(value, applied[name], wanted);
  }
  return kept;
}
