import type { ClusterApi, Target } from '../api/cluster-api.ts';
import type { Logger, ResolvedOptions } from '../cluster-options.ts';
import { getOrInsert } from '../model/get-or-insert.ts';
import { type KubeObject, stringAt } from '../model/kube-object.ts';
import { StatusError } from '../model/status-error.ts';
import type { StoreEvent } from '../store/history.ts';
import { EVENT_TTL, eventName, eventObject } from './event-object.ts';
import { FAULTS_CONFIG_MAP, type FaultTable, faultTable } from './faults.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { OwnerIndex } from './owner-index.ts';
import { PodAddresses } from './pod-addresses.ts';
import type { Action, Rule, View } from './rule.ts';
import { rules } from './rules.ts';
import { WorkQueue } from './work-queue.ts';

const WRITER = { manager: 'drydock-simulation' };

/** Runs the rules: looks at every object that changed, and does what its rule says. */
export class Simulation {
  readonly #api: ClusterApi;
  readonly #options: ResolvedOptions;
  readonly #logger: Logger;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #watchers = new Map<string, Rule[]>();
  readonly #index = new OwnerIndex();
  readonly #garbage: GarbageCollector;
  readonly #addresses: PodAddresses;
  readonly #queue: WorkQueue;
  readonly #stop: () => void;
  readonly #sweeper: NodeJS.Timeout;
  #faults: FaultTable = [];

  constructor(api: ClusterApi, options: ResolvedOptions, caPem: string) {
    this.#api = api;
    this.#options = options;
    this.#logger = options.logger;
    this.#rules = new Map(rules(api.registry, caPem).map((rule) => [rule.resource, rule]));
    for (const rule of this.#rules.values())
      for (const each of rule.watches ?? []) getOrInsert(this.#watchers, each, () => []).push(rule);
    this.#garbage = new GarbageCollector(api, this.#index);
    this.#addresses = new PodAddresses(options.podSubnet);
    this.#queue = new WorkQueue((key) => this.#work(key));
    this.#load();
    this.#stop = api.store.subscribe((event) => this.#observe(event));
    this.#sweeper = setInterval(() => this.#dropOldEvents(), 60_000);
    this.#sweeper.unref();
  }

  close(): void {
    this.#stop();
    clearInterval(this.#sweeper);
    this.#queue.close();
  }

  /** Takes up what the store holds at the start. */
  #load(): void {
    for (const resource of this.#api.store.counts().keys()) {
      for (const { object } of this.#api.store.list(resource)) {
        this.#index.add(resource, object);
        this.#noteAddress(resource, object);
        this.#enqueue(resource, object);
      }
    }
    this.#resumeGarbage();
    this.#readFaults();
  }

  /** Deletions that an earlier start did not finish go on. */
  #resumeGarbage(): void {
    for (const resource of this.#api.store.counts().keys()) {
      for (const stored of this.#api.store.list(resource)) {
        const { ownerReferences, deletionTimestamp } = stored.object.metadata;
        const event = { type: 'MODIFIED', resource, stored, previous: undefined } as const;
        if (ownerReferences || deletionTimestamp) this.#queue.add({ kind: 'garbage', event });
      }
    }
  }

  #observe(event: StoreEvent): void {
    const { resource, stored, type } = event;
    this.#index.apply(event, this.#api.now());
    if (resource === 'pods' && type === 'DELETED')
      this.#addresses.release(stringAt(stored.object, 'status', 'podIP') ?? '');
    const { ownerReferences, deletionTimestamp } = stored.object.metadata;
    if (type === 'DELETED' || ownerReferences || deletionTimestamp)
      this.#queue.add({ kind: 'garbage', event });
    this.#enqueue(resource, stored.object);
    for (const owner of ownerReferences ?? []) this.#enqueueOwner(owner.uid);
    this.#enqueueWatchers(resource, stored.object);
    const { namespace, name } = stored.object.metadata;
    if (
      resource === 'configmaps' &&
      namespace === FAULTS_CONFIG_MAP.namespace &&
      name === FAULTS_CONFIG_MAP.name
    )
      this.#readFaults();
  }

  #enqueue(resource: string, { metadata }: KubeObject): void {
    if (this.#rules.has(resource))
      this.#queue.add({
        kind: 'object',
        resource,
        namespace: metadata.namespace ?? '',
        name: metadata.name ?? '',
      });
  }

  #enqueueOwner(uid: string): void {
    const key = this.#index.keyOf(uid);
    if (key !== undefined && this.#rules.has(key.resource)) this.#queue.add({ kind: 'object', ...key });
  }

  #enqueueWatchers(resource: string, { metadata }: KubeObject): void {
    for (const rule of this.#watchers.get(resource) ?? []) {
      const namespaced = this.#api.registry.get(rule.resource)?.namespaced;
      const scope = namespaced && metadata.namespace ? metadata.namespace : undefined;
      for (const { object } of this.#api.store.list(rule.resource, scope))
        this.#enqueue(rule.resource, object);
    }
  }

  #readFaults(): void {
    const { namespace, name } = FAULTS_CONFIG_MAP;
    this.#faults = faultTable(this.#api.store.get('configmaps', namespace, name)?.object);
    for (const { object } of this.#api.store.list('pods')) this.#enqueue('pods', object);
  }

  #noteAddress(resource: string, object: KubeObject): void {
    const address = resource === 'pods' ? stringAt(object, 'status', 'podIP') : undefined;
    if (address !== undefined) this.#addresses.reserve(address);
  }

  /** @returns milliseconds after which to look again */
  #work(item: Parameters<WorkQueue['add']>[0]): number | undefined {
    let object: KubeObject | undefined;
    try {
      if (item.kind === 'garbage') {
        this.#garbage.handle(item.event);
        return undefined;
      }
      object = this.#api.store.get(item.resource, item.namespace, item.name)?.object;
      const outcome = object && this.#rules.get(item.resource)?.decide(object, this.#view());
      for (const action of outcome?.actions ?? []) this.#act(action);
      return outcome?.again;
    } catch (error) {
      return this.#failed(error, object);
    }
  }

  /** @returns milliseconds after which to try again */
  #failed(error: unknown, object: KubeObject | undefined): number | undefined {
    const code = error instanceof StatusError ? error.code : 0;
    if (code === 403 || code === 404) return undefined;
    // Somebody else was quicker.
    if (code === 409) return 10;
    if (object !== undefined && (code === 400 || code === 422))
      return this.#refused(object, error as StatusError);
    this.#logger.error('a rule of the simulation failed', { cluster: this.#options.name, error });
    return 1000;
  }

  /** What a workload asks for cannot be made, a pod with an illegal name for example: its events say why. */
  #refused(about: KubeObject, { message }: StatusError): number {
    this.#record({ do: 'event', about, event: { type: 'Warning', reason: 'FailedCreate', message } });
    return 30_000;
  }

  #view(): View {
    const { store } = this.#api;
    return {
      now: this.#api.now(),
      options: this.#options.simulation,
      faults: this.#faults,
      get: (resource, namespace, name) => store.get(resource, namespace, name)?.object,
      list: (resource, namespace) => store.list(resource, namespace).map(({ object }) => object),
      owned: (uid, resource) => {
        const keys = this.#index.dependents(uid).filter((key) => key.resource === resource);
        return keys.flatMap(({ namespace, name }) => store.get(resource, namespace, name)?.object ?? []);
      },
      bornAt: ({ metadata }) =>
        this.#index.bornAt(metadata.uid ?? '') ?? (Date.parse(metadata.creationTimestamp ?? '') || 0),
      podAddress: () => this.#addresses.take(),
    };
  }

  #act(action: Action): void {
    if (action.do === 'event') {
      this.#record(action);
      return;
    }
    const object = action.do === 'status' ? action.of : action.object;
    const target = this.#targetOf(action.resource, object);
    switch (action.do) {
      case 'create':
        this.#api.create(target.type, target.namespace, action.object, WRITER);
        return;
      case 'update':
        this.#api.update(target, action.object, WRITER);
        return;
      case 'status':
        this.#api.modify(target, (live) => ({ ...live, status: action.status }), {
          ...WRITER,
          subresource: 'status',
        });
        return;
      case 'delete':
        this.#api.delete(target, action.policy ? { propagationPolicy: action.policy } : {});
        return;
      case 'remove':
        this.#api.remove(target);
    }
  }

  #record({ about, event }: Action & { do: 'event' }): void {
    const namespace = about.metadata.namespace ?? 'default';
    const former = this.#api.store.get('events', namespace, eventName(about, event))?.object;
    const object = eventObject(about, event, former, this.#api.now());
    const target = this.#targetOf('events', object);
    if (former === undefined) this.#api.create(target.type, namespace, object, WRITER);
    else this.#api.update(target, object, WRITER);
  }

  #targetOf(resource: string, { metadata }: KubeObject): Target {
    const type = this.#api.registry.get(resource);
    if (type === undefined) throw new Error(`resource ${resource} is not served`);
    return { type, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  }

  #dropOldEvents(): void {
    const oldest = this.#api.now() - EVENT_TTL;
    for (const { object } of this.#api.store.list('events')) {
      const last = stringAt(object, 'lastTimestamp') ?? object.metadata.creationTimestamp ?? '';
      if (Date.parse(last) < oldest) this.#api.remove(this.#targetOf('events', object));
    }
  }
}
