import { parseGoDuration } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { ClusterCache, type GroupKind } from '../cluster/cluster-cache.ts';
import { type ClusterClient, ClusterError } from '../cluster/cluster-client.ts';
import { fieldAt, type KubeObject, stringAt } from '../cluster/kube-object.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import type { ObjectChange } from '../cluster/resource-cache.ts';
import { writeStatus } from '../cluster/write-status.ts';
import { LiveComparer } from '../compare/live-comparer.ts';
import type { Logger } from '../logger.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { repositoryKey } from '../source/repository-key.ts';
import { WorkQueue } from '../work-queue.ts';
import { fieldManager } from './apply-objects.ts';
import { ObjectBuilder } from './build-objects.ts';
import { gitRepositoryKind, kustomizationKind, unfetchableKinds } from './flux-kinds.ts';
import { fluxKey, fluxOwnerOf } from './flux-owner.ts';
import { gitRepositoryStatus } from './git-repository.ts';
import { asKustomization } from './kustomization.ts';
import { reconcileKustomization } from './reconcile-kustomization.ts';
import { unfetchableStatus } from './unfetchable.ts';

/** What a {@link FluxController} runs on. */
export interface FluxControllerOptions {
  readonly client: ClusterClient;
  /** By normalized address. */
  readonly repositories: ReadonlyMap<string, ManifestStore>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workers: number;
}

const kinds: readonly GroupKind[] = [gitRepositoryKind, kustomizationKind, ...unfetchableKinds];

/** Does the work of Flux's source and kustomize controllers on one cluster, as far as that needs no network. */
export class FluxController {
  readonly #options: FluxControllerOptions;
  readonly #cluster: ClusterCache;
  readonly #queue: WorkQueue;
  readonly #builder = new ObjectBuilder();
  readonly #comparer = new LiveComparer(fieldManager);
  #closed = false;

  constructor(options: FluxControllerOptions) {
    const { client, clock, workers } = options;
    this.#options = options;
    this.#cluster = new ClusterCache({
      client,
      clock,
      ownerOf: fluxOwnerOf,
      onOwner: (key) => this.#queue.add(key),
      onCluster: () => void this.#follow(),
      onObject: (change) => this.#changed(change),
    });
    this.#queue = new WorkQueue({
      handle: (key) => this.#reconcile(key),
      onError: (key, error) => this.#failed(key, error),
      workers,
      clock,
    });
  }

  /** Begins to follow the cluster; one that does not answer, or has no Flux yet, is followed as soon as it does. */
  async start(): Promise<void> {
    await this.#follow();
  }

  /** Looks at every GitRepository of an address again, as a webhook receiver of Flux would. */
  refreshRepository(repoURL: string): void {
    const key = repositoryKey(repoURL);
    for (const source of this.#cluster.list(gitRepositoryKind)) {
      if (repositoryKey(stringAt(source, 'spec', 'url')) === key) this.#queue.add(keyOf(source));
    }
  }

  /** Resolves when nothing is left to do at the moment. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.close();
    this.#cluster.close();
  }

  async #follow(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#cluster.follow(kinds);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#options.logger.warn('cluster is not reachable', {
        cluster: this.#options.client.name,
        error: message,
      });
      return;
    }
    for (const kind of kinds) for (const object of this.#cluster.list(kind)) this.#queue.add(keyOf(object));
  }

  #changed({ before, after }: ObjectChange): void {
    const object = after ?? before;
    if (object === undefined || !isFluxObject(object)) return;
    if (!isOnlyStatus(before, after)) this.#queue.add(keyOf(object));
    if (object.kind === 'GitRepository' || object.kind === 'Kustomization') this.#wakeDependents(object);
  }

  /** What applies from a source, or waits for a Kustomization, looks again when that changes. */
  #wakeDependents(object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    const refersTo = (
      ref: { readonly name: string; readonly namespace?: string | undefined },
      own: string,
    ): boolean => ref.name === name && (ref.namespace ?? own) === namespace;
    for (const candidate of this.#cluster.list(kustomizationKind)) {
      const { spec, metadata } = asKustomization(candidate);
      const own = metadata.namespace ?? '';
      const { sourceRef, dependsOn = [] } = spec;
      const wakes =
        object.kind === 'GitRepository'
          ? sourceRef?.kind === object.kind && refersTo(sourceRef, own)
          : dependsOn.some((ref) => refersTo(ref, own));
      if (wakes) this.#queue.add(keyOf(candidate));
    }
  }

  async #reconcile(key: string): Promise<void> {
    const [kind = '', namespace = '', name = ''] = key.split('/');
    const known = kinds.find((candidate) => candidate.kind === kind);
    const object = known && this.#cluster.get({ group: known.group, kind, namespace, name });
    if (object === undefined || this.#closed) return;
    const again = await this.#reconcileObject(object);
    if (again !== undefined) this.#queue.addAfter(key, again);
  }

  async #reconcileObject(object: KubeObject): Promise<number | undefined> {
    const { clock, logger, repositories } = this.#options;
    const [cluster, comparer, builder] = [this.#cluster, this.#comparer, this.#builder];
    if (object.kind === 'Kustomization') {
      return await reconcileKustomization(object, {
        cluster,
        comparer,
        builder,
        repositories,
        clock,
        logger,
      });
    }
    if (object.metadata.deletionTimestamp !== undefined || fieldAt(object, 'spec', 'suspend') === true) {
      return undefined;
    }
    if (object.kind !== 'GitRepository') {
      await writeStatus(cluster, object, unfetchableStatus(object, clock.now()));
      return undefined;
    }
    const store = repositories.get(repositoryKey(stringAt(object, 'spec', 'url')));
    store?.forgetRevisions();
    await writeStatus(cluster, object, await gitRepositoryStatus(object, store, clock.now()));
    return parseGoDuration(stringAt(object, 'spec', 'interval')) ?? 60_000;
  }

  #failed(key: string, error: unknown): void {
    if (this.#closed || (error instanceof ClusterError && error.code === 404)) return;
    const message = error instanceof Error ? error.message : String(error);
    const fields = { cluster: this.#options.client.name, object: key, error: message };
    this.#options.logger.warn('failed to reconcile', fields);
    this.#queue.addAfter(key, 1_000);
  }
}

function keyOf(object: KubeObject): string {
  return fluxKey(object.kind, object.metadata.namespace ?? '', object.metadata.name);
}

function isFluxObject(object: KubeObject): boolean {
  const group = object.apiVersion.split('/')[0];
  return kinds.some((kind) => kind.group === group && kind.kind === object.kind);
}

/** The agent's own status writes are no reason to look again. */
function isOnlyStatus(before: KubeObject | undefined, after: KubeObject | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const asked = ({ spec, metadata }: KubeObject): unknown => {
    const { annotations, finalizers, deletionTimestamp } = metadata;
    return { spec, annotations, finalizers, deletionTimestamp };
  };
  return sameJson(asked(before), asked(after));
}
