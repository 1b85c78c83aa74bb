import type { DeliveryEngine, Placed } from './delivery-engine.ts';
import type { Observation } from './observation.ts';

/** Several delivery engines as one, each for clusters of its own. */
export class CombinedDelivery implements DeliveryEngine {
  readonly #engines: readonly DeliveryEngine[];

  constructor(engines: readonly DeliveryEngine[]) {
    this.#engines = engines;
  }

  async start(changed: () => void): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.start(changed)));
  }

  observations(): ReadonlyMap<string, ReadonlyMap<string, Observation>> {
    const all = this.#engines.flatMap((engine) => [...engine.observations()]);
    const clusters = Map.groupBy(all, ([cluster]) => cluster);
    return new Map(
      [...clusters].map(([cluster, parts]) => [cluster, new Map(parts.flatMap(([, units]) => [...units]))]),
    );
  }

  async refresh(placed: readonly Placed[]): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.refresh(placed)));
  }

  async refreshFleet(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.refreshFleet()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.close()));
  }
}
