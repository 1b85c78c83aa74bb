import { readFile } from 'node:fs/promises';
import type { Repository } from '@drydock/git';
import type { DeliveryEngine } from '../../platform/promoter/src/delivery/delivery-engine.ts';
import type { Observation } from '../../platform/promoter/src/delivery/observation.ts';
import { EnvironmentStore } from '../../platform/promoter/src/environments/environment-store.ts';
import { healthyAt } from '../../platform/promoter/src/testing/fake-delivery.ts';

const INTERVAL = 25;

/** A delivery engine that takes each environment branch at once, and is healthy on the clusters that a file names. */
export class EchoDelivery implements DeliveryEngine {
  readonly #repository: Repository;
  readonly #store: EnvironmentStore;
  readonly #healthFile: string;
  #observed: ReadonlyMap<string, ReadonlyMap<string, Observation>> = new Map();
  #last = '';
  #timer: NodeJS.Timeout | undefined;

  /** @param healthFile JSON: names of the clusters that are healthy */
  constructor(repository: Repository, healthFile: string) {
    this.#repository = repository;
    this.#store = new EnvironmentStore(repository);
    this.#healthFile = healthFile;
  }

  async start(changed: () => void): Promise<void> {
    const look = async () => {
      if (await this.#look()) changed();
      this.#timer = setTimeout(look, INTERVAL);
    };
    await look();
  }

  observations(): ReadonlyMap<string, ReadonlyMap<string, Observation>> {
    return this.#observed;
  }

  async refresh(): Promise<void> {}

  async refreshFleet(): Promise<void> {}

  async close(): Promise<void> {
    clearTimeout(this.#timer);
  }

  /** @returns whether anything is new */
  async #look(): Promise<boolean> {
    const healthy = JSON.parse(await readFile(this.#healthFile, 'utf8')) as readonly string[];
    const observed = new Map<string, Map<string, Observation>>();
    for (const { name } of await this.#repository.listRefs('refs/heads/env/')) {
      const { commit = '', records } = await this.#store.head(name.slice('refs/heads/env/'.length));
      for (const { unit, clusters } of records.values()) {
        for (const cluster of Object.keys(clusters).filter((each) => healthy.includes(each))) {
          const units = observed.get(cluster) ?? new Map<string, Observation>();
          observed.set(cluster, units.set(unit, healthyAt(commit, 0)));
        }
      }
    }
    const now = JSON.stringify([...observed].map(([cluster, units]) => [cluster, [...units]]));
    const isNew = now !== this.#last;
    this.#last = now;
    this.#observed = observed;
    return isNew;
  }
}
