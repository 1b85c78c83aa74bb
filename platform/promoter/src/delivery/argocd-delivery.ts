import { CustomObjectsApi, type KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { type Logger, silentLogger } from '../ports.ts';
import type { DeliveryEngine, Placed } from './delivery-engine.ts';
import { observeApplication } from './observe-application.ts';
import { ObservedUnits } from './observed-units.ts';
import { UNIT_LABEL, watchUnits } from './watch-units.ts';

const APPLICATIONS = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  namespace: 'argocd',
  plural: 'applications',
};
const PATH = `/apis/${APPLICATIONS.group}/${APPLICATIONS.version}/namespaces/${APPLICATIONS.namespace}/${APPLICATIONS.plural}`;
/** The Application that brings the objects of the fleet itself. */
const FLEET_APPLICATION = 'drydock';

export interface ArgocdDeliveryOptions {
  /** The hub, on which the Applications live. */
  readonly hub: KubeConfig;
  readonly logger?: Logger | undefined;
}

/** Argo CD on the hub, or what behaves like it: watches the Applications of all Units. */
export class ArgocdDelivery implements DeliveryEngine {
  readonly #hub: KubeConfig;
  readonly #api: CustomObjectsApi;
  readonly #logger: Logger;
  readonly #observed = new ObservedUnits();
  #stop = async () => {};

  constructor({ hub, logger = silentLogger }: ArgocdDeliveryOptions) {
    this.#hub = hub;
    this.#api = hub.makeApiClient(CustomObjectsApi);
    this.#logger = logger;
  }

  async start(changed: () => void): Promise<void> {
    this.#stop = await watchUnits({
      config: this.#hub,
      path: PATH,
      list: () => this.#api.listNamespacedCustomObject({ ...APPLICATIONS, labelSelector: UNIT_LABEL }),
      observe: observeApplication,
      observed: this.#observed,
      changed,
      logger: this.#logger,
    });
  }

  observations(): ObservedUnits['clusters'] {
    return this.#observed.clusters;
  }

  async refresh(placed: readonly Placed[]): Promise<void> {
    const names = placed.flatMap(({ cluster, unit }) => [`${cluster}.root`, `${cluster}.${unit}`]);
    await Promise.all([...new Set(names)].map((name) => this.#refresh(name)));
  }

  refreshFleet(): Promise<void> {
    return this.#refresh(FLEET_APPLICATION);
  }

  close(): Promise<void> {
    return this.#stop();
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
}
