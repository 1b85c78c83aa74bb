import { UnavailableError } from '@drydock/model';
import type { Clock } from '../clock.ts';
import type { ClusterClient, ResourceType } from './cluster-client.ts';
import { apiVersionOf, groupOf, type KubeObject, keyOf, type ResourceRef, refKey } from './kube-object.ts';
import { type ObjectChange, ResourceCache } from './resource-cache.ts';

/** What a {@link ClusterCache} needs from the engine that uses it. */
export interface ClusterCacheOptions {
  readonly client: ClusterClient;
  readonly clock: Clock;
  /** Which owner (an Application, a Kustomization) an object belongs to, read from the object alone. */
  readonly ownerOf: (object: KubeObject) => string | undefined;
  /** Called with the owner of every object that changed, was created or deleted. */
  readonly onOwner: (owner: string) => void;
  /** Called with every change of any followed kind. */
  readonly onObject?: ((change: ObjectChange) => void) | undefined;
  /** Called when kinds came or went, or when the connection was lost or is back: everything may have changed. */
  readonly onCluster: () => void;
}

/** One kind, by group and kind; the version does not matter for identity. */
export interface GroupKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** How long the first answer of a cluster is waited for, in milliseconds. */
const patience = 2_000;

/** Followed on every cluster: it tells when kinds come and go, and whether the cluster answers at all. */
const definitions: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  hasStatus: true,
};

/**
 * The live state of one destination cluster, as far as somebody asked for it: one shared list and watch for each kind,
 * and an index from owner to objects. Nothing is listed per reconcile.
 */
export class ClusterCache {
  readonly client: ClusterClient;
  readonly #options: ClusterCacheOptions;
  readonly #kinds = new Map<string, ResourceCache>();
  #silence: UnavailableError | undefined;
  readonly #owned = new Map<string, Map<string, KubeObject>>();

  constructor(options: ClusterCacheOptions) {
    this.client = options.client;
    this.#options = options;
  }

  /**
   * Rejects at once while the cluster is known not to answer. Its first answer is waited for, but not long: nobody else
   * is to wait for a cluster that says nothing. Whoever was rejected is called through `onCluster` once it answers.
   */
  async connect(): Promise<void> {
    const cache = this.#kinds.get(kindKey(definitions)) ?? this.#start(kindKey(definitions), definitions);
    if (this.#silence !== undefined) throw this.#silence;
    if (!cache.isListed) await this.#firstAnswer(cache);
    for (const { failure } of this.#kinds.values()) if (failure !== undefined) throw failure;
  }

  /**
   * Makes sure that the kinds are being followed. Resolves with those that the cluster does not serve; rejects when the
   * cluster cannot be reached.
   */
  async follow(kinds: Iterable<GroupKind>): Promise<readonly GroupKind[]> {
    await this.connect();
    const wanted = new Map<string, GroupKind>();
    for (const kind of kinds) wanted.set(kindKey(kind), kind);
    const served = await Promise.all(
      [...wanted.values()].map(async (kind) => [kind, await this.#followKind(kind)] as const),
    );
    return served.filter(([, known]) => !known).map(([kind]) => kind);
  }

  /** The live object, from the cache. Its kind has to be followed. */
  get(ref: Omit<ResourceRef, 'version'>): KubeObject | undefined {
    return this.#kinds.get(kindKey(ref))?.get(refKey(ref));
  }

  /** All objects of a followed kind. */
  list(kind: { readonly group: string; readonly kind: string }): readonly KubeObject[] {
    return [...(this.#kinds.get(kindKey(kind))?.values() ?? [])];
  }

  /** Everything of the followed kinds that belongs to an owner. */
  ownedBy(owner: string): readonly KubeObject[] {
    return [...(this.#owned.get(owner)?.values() ?? [])];
  }

  /** Takes in what a write returned. */
  observe(object: KubeObject): void {
    this.#kinds.get(kindKey({ group: groupOf(object.apiVersion), kind: object.kind }))?.observe(object);
  }

  /** Reads one object anew, after it was deleted: it is gone, or on its way. */
  async refetch(type: ResourceType, ref: ResourceRef): Promise<void> {
    const object = await this.client.get(type, ref);
    if (object === undefined) this.#kinds.get(kindKey(ref))?.forget(refKey(ref));
    else this.observe(object);
  }

  close(): void {
    for (const cache of this.#kinds.values()) cache.close();
  }

  async #firstAnswer(cache: ResourceCache): Promise<void> {
    const { promise, reject } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(patience, () => {
      this.#silence ??= new UnavailableError(`cluster "${this.client.name}" has not answered yet`);
      reject(this.#silence);
      const heard = (): void => {
        this.#silence = undefined;
        this.#options.onCluster();
      };
      cache.ready().then(heard, heard);
    });
    await Promise.race([cache.ready(), promise]).finally(cancel);
  }

  async #followKind(kind: GroupKind): Promise<boolean> {
    const key = kindKey(kind);
    let cache = this.#kinds.get(key);
    if (cache === undefined) {
      const type = await this.client.findType(apiVersionOf(kind.group, kind.version), kind.kind);
      if (type === undefined) return false;
      cache = this.#kinds.get(key) ?? this.#start(key, type);
    }
    await cache.ready();
    return true;
  }

  #start(key: string, type: ResourceType): ResourceCache {
    const cache = new ResourceCache({
      client: this.client,
      type,
      clock: this.#options.clock,
      onChange: (change) => this.#changed(change),
      onConnection: () => this.#options.onCluster(),
    });
    this.#kinds.set(key, cache);
    return cache;
  }

  #changed({ before, after }: ObjectChange): void {
    if ((after ?? before)?.kind === definitions.kind) this.#definitionChanged(before, after);
    const [left, entered] = [before && this.#options.ownerOf(before), after && this.#options.ownerOf(after)];
    if (before !== undefined && left !== undefined && left !== entered) this.#unindex(left, before);
    if (after !== undefined && entered !== undefined) this.#index(entered, after);
    this.#options.onObject?.({ before, after });
    if (left !== undefined) this.#options.onOwner(left);
    if (entered !== undefined && entered !== left) this.#options.onOwner(entered);
  }

  #definitionChanged(before: KubeObject | undefined, after: KubeObject | undefined): void {
    if (before !== undefined && after !== undefined && servesSame(before, after)) return;
    this.client.forgetTypes();
    if (after === undefined) this.#stopKind(before);
    this.#options.onCluster();
  }

  #stopKind(definition: KubeObject | undefined): void {
    const spec = (definition?.spec ?? {}) as { group?: string; names?: { kind?: string } };
    const key = kindKey({ group: spec.group ?? '', kind: spec.names?.kind ?? '' });
    const cache = this.#kinds.get(key);
    if (cache === undefined) return;
    cache.close();
    this.#kinds.delete(key);
    for (const object of cache.values()) this.#changed({ before: object, after: undefined });
  }

  #index(owner: string, object: KubeObject): void {
    const owned = this.#owned.get(owner) ?? new Map<string, KubeObject>();
    owned.set(keyOf(object), object);
    this.#owned.set(owner, owned);
  }

  #unindex(owner: string, object: KubeObject): void {
    const owned = this.#owned.get(owner);
    owned?.delete(keyOf(object));
    if (owned?.size === 0) this.#owned.delete(owner);
  }
}

function kindKey(kind: { readonly group: string; readonly kind: string }): string {
  return `${kind.group}/${kind.kind}`;
}

function servesSame(before: KubeObject, after: KubeObject): boolean {
  const served = (object: KubeObject): string => JSON.stringify([object.spec, object.status]);
  return served(before) === served(after);
}
