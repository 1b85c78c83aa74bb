import type { Clock } from '../clock.ts';
import { ClusterCache } from '../cluster/cluster-cache.ts';
import { type ClusterClient, ClusterError } from '../cluster/cluster-client.ts';
import { type KubeObject, listAt, stringAt } from '../cluster/kube-object.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import type { ObjectChange } from '../cluster/resource-cache.ts';
import { LiveComparer } from '../compare/live-comparer.ts';
import type { Logger } from '../logger.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { repositoryKey } from '../source/repository-key.ts';
import { WorkQueue } from '../work-queue.ts';
import { type Application, asApplication, sourcesOf } from './application.ts';
import { ApplicationWriter, refreshAnnotation } from './application-writer.ts';
import type { ClusterEntry } from './cluster-secret.ts';
import { cascadeFinalizers, deleteResources } from './delete-application.ts';
import { Destinations } from './destinations.ts';
import { condition, projectKind } from './observe-application.ts';
import { type ReconcileContext, reconcileApplication } from './reconcile-application.ts';
import { fieldManager } from './sync-executor.ts';
import { TargetPreparer } from './target-objects.ts';
import { trackedBy } from './tracking.ts';

/** What an {@link ApplicationController} runs on. */
export interface ApplicationControllerOptions {
  readonly hub: ClusterClient;
  /** Opens a client for a cluster that a Secret describes. */
  readonly connect: (entry: ClusterEntry) => ClusterClient;
  /** By normalized address, see {@link repositoryKey}. */
  readonly repositories: ReadonlyMap<string, ManifestStore>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How often each Application is looked at without a reason, in seconds. */
  readonly pollSeconds: number;
  /** How many Applications are reconciled at the same time. */
  readonly workers: number;
}

const applicationKind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application' };
const secretKind = { group: '', version: 'v1', kind: 'Secret' };

/** The namespace in which Argo CD looks for Applications, projects and clusters. */
export const argocdNamespace = 'argocd';

/** Up to this many objects every change of one is followed at once. */
const smallApplication = 40;

/** The longest that a change of an object waits for others, in milliseconds. */
const longestDelay = 80;

/** Does the work of Argo CD's application controller for all Applications of one hub. */
export class ApplicationController {
  readonly #options: ApplicationControllerOptions;
  readonly #hub: ClusterCache;
  readonly #destinations: Destinations;
  readonly #queue: WorkQueue;
  readonly #context: ReconcileContext;
  readonly #polled = new Set<string>();
  #closed = false;

  constructor(options: ApplicationControllerOptions) {
    const { hub, clock, logger, repositories, workers } = options;
    this.#options = options;
    this.#hub = this.#cacheOf(hub);
    this.#destinations = new Destinations({
      hub: this.#hub,
      open: (entry) => this.#cacheOf(options.connect(entry)),
    });
    this.#queue = new WorkQueue({
      handle: (name) => this.#reconcile(name),
      onError: (name, error) => this.#failed(name, error),
      workers,
      clock,
    });
    this.#context = {
      hub: this.#hub,
      destinations: this.#destinations,
      repositories,
      preparer: new TargetPreparer(),
      comparer: new LiveComparer(fieldManager),
      writer: new ApplicationWriter(this.#hub),
      clock,
      logger,
    };
  }

  /** Begins to follow the hub. Rejects when the hub cannot be reached or does not serve Applications. */
  async start(): Promise<void> {
    await this.#hub.follow([secretKind]);
    const missing = await this.#hub.follow([applicationKind, projectKind]);
    if (missing.some(({ kind }) => kind === 'Application')) {
      throw new ClusterError('the hub does not serve argoproj.io/v1alpha1 Application', { code: 404 });
    }
  }

  /** Looks at every Application of a repository again, as Argo CD does after a webhook of a git server. */
  refreshRepository(repoURL: string): void {
    const key = repositoryKey(repoURL);
    this.#options.repositories.get(key)?.forgetRevisions();
    for (const app of this.#applications()) {
      const uses = sourcesOf(app.spec).some((source) => repositoryKey(source.repoURL) === key);
      if (uses) this.#refresh(app.metadata.name);
    }
  }

  /** Resolves when nothing is left to do at the moment. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.close();
    this.#hub.close();
    await this.#destinations.close();
  }

  #cacheOf(client: ClusterClient): ClusterCache {
    return new ClusterCache({
      client,
      clock: this.#options.clock,
      ownerOf: trackedBy,
      onOwner: (name) => this.#ownedChanged(name),
      onCluster: () => this.#addAll(),
      onObject: (change) => {
        if (client === this.#options.hub) this.#hubChanged(change);
      },
    });
  }

  /** An Application of many objects waits a moment for further changes of them; never so long that it shows. */
  #ownedChanged(name: string): void {
    const app = this.#hub.get({ ...applicationKind, namespace: argocdNamespace, name });
    const size = listAt(app, 'status', 'resources').length;
    if (size <= smallApplication) this.#queue.add(name);
    else this.#queue.addAfter(name, Math.min(longestDelay, size / 4));
  }

  #hubChanged({ before, after }: ObjectChange): void {
    const object = after ?? before;
    if (object?.metadata.namespace !== argocdNamespace) return;
    if (object.kind === 'Secret') {
      if (this.#destinations.update(before, after)) this.#addAll();
    } else if (object.kind === 'AppProject') {
      this.#addAll();
    } else if (object.kind === 'Application' && !isOnlyStatus(before, after)) {
      this.#queue.add(object.metadata.name);
    }
  }

  #applications(): readonly Application[] {
    const all = this.#hub.list(applicationKind);
    return all.filter((object) => object.metadata.namespace === argocdNamespace).map(asApplication);
  }

  #addAll(): void {
    for (const app of this.#applications()) this.#queue.add(app.metadata.name);
  }

  #refresh(name: string): void {
    this.#polled.add(name);
    this.#queue.add(name);
  }

  async #reconcile(name: string): Promise<void> {
    const ref = { ...applicationKind, namespace: argocdNamespace, name };
    const object = this.#hub.get(ref);
    if (object === undefined || this.#closed) return;
    const app = asApplication(object);
    if (app.metadata.deletionTimestamp !== undefined) return await this.#delete(app);
    const refresh = app.metadata.annotations?.[refreshAnnotation];
    const refreshed = this.#polled.delete(name) || refresh !== undefined || this.#isExpired(app);
    if (refresh === 'hard') this.#context.comparer.forgetAll();
    if (refreshed) this.#forgetRevisions(app);
    const again = await reconcileApplication(app, this.#context, { refreshed });
    this.#queue.addAfter(name, again ?? this.#options.pollSeconds * 1000);
    // Removing the annotation is a change and so leads to one more look: a refresh that was asked for while this one
    // ran, and so changed nothing, is not lost.
    if (refresh !== undefined) await this.#context.writer.clearRefresh(app);
  }

  #forgetRevisions(app: Application): void {
    for (const { repoURL } of sourcesOf(app.spec)) {
      this.#options.repositories.get(repositoryKey(repoURL))?.forgetRevisions();
    }
  }

  #isExpired(app: Application): boolean {
    const last = Date.parse(app.status?.reconciledAt ?? '');
    return !(this.#options.clock.now().getTime() - last < this.#options.pollSeconds * 1000);
  }

  async #delete(app: Application): Promise<void> {
    const finalizers = cascadeFinalizers(app);
    if (finalizers.length === 0) return;
    const destination = this.#destinationOf(app);
    if (destination !== undefined) {
      const left = await deleteResources(app, destination).catch(async (error: unknown) => {
        const conditions = [condition('DeletionError', error)];
        await this.#context.writer.writeStatus(app, { ...app.status, conditions });
        throw error;
      });
      if (left.length > 0) return;
    }
    await this.#context.writer.removeFinalizers(app, finalizers);
    this.#options.logger.info('application deleted', { application: app.metadata.name });
  }

  /** A destination that does not exist any more has nothing left to delete; Argo CD lets the Application go, too. */
  #destinationOf(app: Application): ReturnType<Destinations['find']> | undefined {
    try {
      return this.#destinations.find(app.spec.destination ?? {});
    } catch {
      return undefined;
    }
  }

  #failed(name: string, error: unknown): void {
    if (this.#closed || (error instanceof ClusterError && error.code === 404)) return;
    const message = error instanceof Error ? error.message : String(error);
    this.#options.logger.warn('failed to reconcile application', { application: name, error: message });
    this.#queue.addAfter(name, 1_000);
  }
}

/** The agent's own status writes are no reason to look again. */
function isOnlyStatus(before: KubeObject | undefined, after: KubeObject | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return sameJson(asked(before), asked(after));
}

function asked(object: KubeObject): unknown {
  const { annotations, finalizers, deletionTimestamp } = object.metadata;
  const terminating = stringAt(object, 'status', 'operationState', 'phase') === 'Terminating';
  const { spec, operation } = object;
  return { spec, operation, annotations, finalizers, deletionTimestamp, terminating };
}
