import { UnavailableError } from '@drydock/model';
import { type Backoff, backoffDelay } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { type ClusterClient, ClusterError, type ResourceType, type WatchEvent } from './cluster-client.ts';
import { type KubeObject, keyOf, numberAt, stringAt } from './kube-object.ts';

/** One change of a cached object: either side is missing for a creation or a deletion. */
export interface ObjectChange {
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

/** What a {@link ResourceCache} follows and whom it tells. */
export interface ResourceCacheOptions {
  readonly client: ClusterClient;
  readonly type: ResourceType;
  readonly clock: Clock;
  readonly onChange: (change: ObjectChange) => void;
  /** Called when the connection is lost and when it is back. */
  readonly onConnection: () => void;
}

const reconnect: Backoff = { first: 200, factor: 2, max: 10_000 };

/** All objects of one kind on one cluster: listed once, then followed by a watch. `managedFields` are dropped. */
export class ResourceCache {
  readonly type: ResourceType;
  /** Why the cache cannot be trusted at the moment; `undefined` while it is connected. */
  failure: Error | undefined;
  readonly #options: ResourceCacheOptions;
  readonly #objects = new Map<string, KubeObject>();
  readonly #stop = new AbortController();
  readonly #first = Promise.withResolvers<void>();
  #failures = 0;
  #listed = false;
  #version = '';

  constructor(options: ResourceCacheOptions) {
    this.#options = options;
    this.type = options.type;
    this.#first.promise.catch(() => {});
    void this.#follow();
  }

  /** Resolves when the first list is in; rejects when the first attempt failed, while further ones go on. */
  async ready(): Promise<void> {
    if (!this.#listed && this.failure !== undefined) throw this.failure;
    await this.#first.promise.catch((error: unknown) => {
      if (!this.#listed) throw error;
    });
  }

  /** The first list is in. */
  get isListed(): boolean {
    return this.#listed;
  }

  get(key: string): KubeObject | undefined {
    return this.#objects.get(key);
  }

  values(): Iterable<KubeObject> {
    return this.#objects.values();
  }

  /** Takes in an object that a write returned, so that the next look does not see the state before that write. */
  observe(object: KubeObject): void {
    const seen = this.#version === '' ? 0n : BigInt(this.#version);
    const passed = BigInt(object.metadata.resourceVersion ?? '0') <= seen;
    if (passed && !this.#objects.has(keyOf(object))) return; // written, and deleted again before the answer came
    this.#put(object);
  }

  /** Drops an object that is known to be gone, before the watch says so. */
  forget(key: string): void {
    const object = this.#objects.get(key);
    if (object !== undefined) this.#drop(object);
  }

  /** Ends the watch; whoever still waits for the first list is told. */
  close(): void {
    this.#stop.abort();
    const { client, type } = this.#options;
    this.failure ??= new UnavailableError(`${client.name}: ${type.kind} is no longer followed`);
    this.#first.reject(this.failure);
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        if (this.#version === '') await this.#list();
        this.#connected();
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#lost(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  async #list(): Promise<void> {
    const { items, resourceVersion } = await this.#options.client.list(this.type);
    const seen = new Set<string>();
    for (const item of items) {
      seen.add(keyOf(item));
      this.#put(item);
    }
    for (const [key, object] of this.#objects) if (!seen.has(key)) this.#drop(object);
    this.#version = resourceVersion;
    this.#listed = true;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    let refused: WatchEvent | undefined;
    const onEvent = (event: WatchEvent): void => {
      if (event.type === 'ERROR') refused = event;
      else this.#take(event);
    };
    await this.#options.client.watch(this.type, { resourceVersion: this.#version, signal, onEvent });
    if (refused === undefined) return;
    this.#version = '';
    const code = numberAt(refused.object, 'code') ?? 500;
    // 410 Gone: the history is no longer there, and listing again is the normal way on.
    if (code !== 410) throw new ClusterError(stringAt(refused.object, 'message'), { code });
  }

  #take(event: WatchEvent): void {
    this.#version = event.object.metadata.resourceVersion ?? this.#version;
    if (event.type === 'DELETED') this.#drop(event.object);
    else if (event.type !== 'BOOKMARK') this.#put(event.object);
  }

  #put(object: KubeObject): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before !== undefined && !isNewer(object, before)) return;
    const after = withoutManagedFields(object);
    this.#objects.set(key, after);
    this.#options.onChange({ before, after });
  }

  #drop(object: KubeObject): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before === undefined || !this.#objects.delete(key)) return;
    this.#options.onChange({ before, after: undefined });
  }

  #connected(): void {
    this.#failures = 0;
    this.#first.resolve();
    if (this.failure === undefined) return;
    this.failure = undefined;
    this.#options.onConnection();
  }

  async #lost(error: Error): Promise<void> {
    this.#version = ''; // listing again is what proves the connection
    this.#failures += 1;
    const wasConnected = this.failure === undefined;
    this.failure = error;
    this.#first.reject(error);
    if (wasConnected) this.#options.onConnection();
    await this.#pause(backoffDelay(reconnect, this.#failures));
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#stop;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(milliseconds, resolve);
    const stop = (): void => resolve();
    signal.addEventListener('abort', stop);
    await promise;
    signal.removeEventListener('abort', stop);
    cancel();
  }
}

/** Resource versions of one kind are decimals that only grow (KEP-5504). */
function isNewer(object: KubeObject, than: KubeObject): boolean {
  return BigInt(object.metadata.resourceVersion ?? '0') > BigInt(than.metadata.resourceVersion ?? '0');
}

function withoutManagedFields(object: KubeObject): KubeObject {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
