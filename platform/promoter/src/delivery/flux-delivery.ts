import { CustomObjectsApi, type KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { type Clock, type Logger, silentLogger, systemClock } from '../ports.ts';
import type { DeliveryEngine, Placed } from './delivery-engine.ts';
import { observeKustomization } from './observe-kustomization.ts';
import { ObservedUnits } from './observed-units.ts';
import { UNIT_LABEL, watchUnits } from './watch-units.ts';

const NAMESPACE = 'flux-system';
const KUSTOMIZATIONS = {
  group: 'kustomize.toolkit.fluxcd.io',
  version: 'v1',
  namespace: NAMESPACE,
  plural: 'kustomizations',
};
const REPOSITORIES = {
  group: 'source.toolkit.fluxcd.io',
  version: 'v1',
  namespace: NAMESPACE,
  plural: 'gitrepositories',
};
const PATH = `/apis/${KUSTOMIZATIONS.group}/${KUSTOMIZATIONS.version}/namespaces/${NAMESPACE}/${KUSTOMIZATIONS.plural}`;
/** The GitRepository that follows the environment branch of its cluster. */
const FLEET_SOURCE = 'fleet';

export interface FluxDeliveryOptions {
  /** The clusters that Flux delivers to; it runs on each of them. */
  readonly clusters: ReadonlyMap<string, KubeConfig>;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

/** Flux on the clusters themselves, or what behaves like it: watches the Kustomizations of all Units. */
export class FluxDelivery implements DeliveryEngine {
  readonly #clusters: FluxDeliveryOptions['clusters'];
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #observed = new ObservedUnits();
  #stops: readonly (() => Promise<void>)[] = [];

  constructor({ clusters, clock = systemClock, logger = silentLogger }: FluxDeliveryOptions) {
    this.#clusters = clusters;
    this.#clock = clock;
    this.#logger = logger;
  }

  async start(changed: () => void): Promise<void> {
    const watches = [...this.#clusters.values()].map((config) => {
      const api = config.makeApiClient(CustomObjectsApi);
      return watchUnits({
        config,
        path: PATH,
        list: () => api.listNamespacedCustomObject({ ...KUSTOMIZATIONS, labelSelector: UNIT_LABEL }),
        observe: observeKustomization,
        observed: this.#observed,
        changed,
        logger: this.#logger,
      });
    });
    this.#stops = await Promise.all(watches);
  }

  observations(): ObservedUnits['clusters'] {
    return this.#observed.clusters;
  }

  /** The source first: a Kustomization that looks before its source has nothing new to see. */
  async refresh(placed: readonly Placed[]): Promise<void> {
    const clusters = Map.groupBy(placed, ({ cluster }) => cluster);
    await Promise.all(
      [...clusters].map(async ([cluster, units]) => {
        await this.#request(cluster, REPOSITORIES, FLEET_SOURCE);
        const names = ['root', ...units.map(({ unit }) => unit)];
        await Promise.all(names.map((name) => this.#request(cluster, KUSTOMIZATIONS, name)));
      }),
    );
  }

  /** The objects of the fleet live on the hub, which is not Flux's. */
  async refreshFleet(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  /** https://fluxcd.io/flux/components/kustomize/kustomizations/#triggering-a-reconcile */
  async #request(cluster: string, kind: typeof KUSTOMIZATIONS, name: string): Promise<void> {
    const api = this.#clusters.get(cluster)?.makeApiClient(CustomObjectsApi);
    const requestedAt = new Date(this.#clock.now()).toISOString();
    const body = { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } } };
    const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    await api?.patchNamespacedCustomObject({ ...kind, name, body }, options).catch((error: unknown) => {
      this.#logger.debug('a reconciliation could not be asked for', { cluster, name, error: String(error) });
    });
  }
}
