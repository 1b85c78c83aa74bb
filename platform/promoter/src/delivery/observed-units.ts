import type { Observation } from './observation.ts';
import type { ObservedUnit } from './observed-unit.ts';

/** The latest reports: cluster → unit → report. */
export class ObservedUnits {
  readonly #clusters = new Map<string, Map<string, Observation>>();

  get clusters(): ReadonlyMap<string, ReadonlyMap<string, Observation>> {
    return this.#clusters;
  }

  set({ cluster, unit, observation }: ObservedUnit): void {
    const units = this.#clusters.get(cluster) ?? new Map<string, Observation>();
    this.#clusters.set(cluster, units.set(unit, observation));
  }

  delete({ cluster, unit }: ObservedUnit): void {
    this.#clusters.get(cluster)?.delete(unit);
  }
}
