import {
  CustomObjectsApi,
  type Informer,
  type KubeConfig,
  type KubernetesObject,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
} from '@kubernetes/client-node';
import { type Logger, silentLogger } from '../ports.ts';
import type { DeliveryEngine, Placed } from './delivery-engine.ts';
import type { Observation } from './observation.ts';
import { observeApplication } from './observe-application.ts';

const APPLICATIONS = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  namespace: 'argocd',
  plural: 'applications',
};
const PATH = `/apis/${APPLICATIONS.group}/${APPLICATIONS.version}/namespaces/${APPLICATIONS.namespace}/${APPLICATIONS.plural}`;
/** The Application that brings the objects of the fleet itself. */
const FLEET_APPLICATION = 'drydock';
const SELECTOR = 'drydock.dev/unit';
/** Milliseconds before a watch that ended is started again. */
const RESTART = 1_000;

export interface ArgocdDeliveryOptions {
  /** The hub, on which the Applications live. */
  readonly hub: KubeConfig;
  readonly logger?: Logger | undefined;
}

/** Argo CD on the hub, or what behaves like it: watches the Applications of all Units. */
export class ArgocdDelivery implements DeliveryEngine {
  readonly #api: CustomObjectsApi;
  readonly #informer: Informer<KubernetesObject>;
  readonly #logger: Logger;
  readonly #observed = new Map<string, Map<string, Observation>>();
  #closed = false;

  constructor({ hub, logger = silentLogger }: ArgocdDeliveryOptions) {
    this.#api = hub.makeApiClient(CustomObjectsApi);
    this.#logger = logger;
    const list = () => this.#api.listNamespacedCustomObject({ ...APPLICATIONS, labelSelector: SELECTOR });
    this.#informer = makeInformer(hub, PATH, list, SELECTOR);
  }

  async start(changed: () => void): Promise<void> {
    const set = (object: unknown) => {
      const seen = observeApplication(object);
      if (seen === undefined) return;
      const units = this.#observed.get(seen.cluster) ?? new Map<string, Observation>();
      this.#observed.set(seen.cluster, units.set(seen.unit, seen.observation));
      changed();
    };
    this.#informer.on('add', set);
    this.#informer.on('update', set);
    this.#informer.on('delete', (object: unknown) => {
      const seen = observeApplication(object);
      if (seen !== undefined) this.#observed.get(seen.cluster)?.delete(seen.unit);
      changed();
    });
    this.#informer.on('error', (error: unknown) => this.#restart(error));
    await this.#informer.start().catch((error: unknown) => this.#restart(error));
  }

  observations(): ReadonlyMap<string, ReadonlyMap<string, Observation>> {
    return this.#observed;
  }

  async refresh(placed: readonly Placed[]): Promise<void> {
    const names = placed.flatMap(({ cluster, unit }) => [`${cluster}.root`, `${cluster}.${unit}`]);
    await Promise.all([...new Set(names)].map((name) => this.#refresh(name)));
  }

  refreshFleet(): Promise<void> {
    return this.#refresh(FLEET_APPLICATION);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#informer.stop();
  }

  /** An Application that is not there yet looks at once when it comes, so a failure here loses nothing. */
  async #refresh(name: string): Promise<void> {
    const body = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } };
    const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    await this.#api
      .patchNamespacedCustomObject({ ...APPLICATIONS, name, body }, options)
      .catch((error: unknown) => {
        this.#logger.debug('a refresh was not possible', { application: name, error: String(error) });
      });
  }

  #restart(error: unknown): void {
    if (this.#closed) return;
    this.#logger.warn('the watch of the applications ended, starting it again', { error: String(error) });
    setTimeout(() => {
      if (!this.#closed) this.#informer.start().catch((cause: unknown) => this.#restart(cause));
    }, RESTART).unref();
  }
}
