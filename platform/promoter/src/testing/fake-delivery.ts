import type { DeliveryEngine, Placed } from '../delivery/delivery-engine.ts';
import type { Observation } from '../delivery/observation.ts';

/** A delivery engine that says what it is told to say. */
export class FakeDelivery implements DeliveryEngine {
  readonly refreshed: Placed[] = [];
  readonly #observed = new Map<string, Map<string, Observation>>();
  #changed = () => {};

  async start(changed: () => void): Promise<void> {
    this.#changed = changed;
  }

  observations(): ReadonlyMap<string, ReadonlyMap<string, Observation>> {
    return this.#observed;
  }

  /** What it says of a Unit on a cluster from now on. */
  report({ cluster, unit }: Placed, observation: Observation): void {
    const units = this.#observed.get(cluster) ?? new Map<string, Observation>();
    this.#observed.set(cluster, units.set(unit, observation));
    this.#changed();
  }

  async refresh(placed: readonly Placed[]): Promise<void> {
    this.refreshed.push(...placed);
  }

  async refreshFleet(): Promise<void> {}

  async close(): Promise<void> {}
}

/** Healthy at a commit of an environment branch. */
export function healthyAt(revision: string, since: number): Observation {
  return { revision, synced: true, health: 'Healthy', message: undefined, since };
}
