import type { Repository } from '@drydock/git';
import type { DeliveryEngine, Placed } from '../../platform/promoter/src/delivery/delivery-engine.ts';
import type { HealthStatus, Observation } from '../../platform/promoter/src/delivery/observation.ts';
import { environmentRef } from '../../platform/promoter/src/environments/environment-store.ts';
import type { Random } from './random.ts';
import { recordsAt } from './records.ts';

/** Cluster → unit → report, at one moment; never changed. */
export type Reports = ReadonlyMap<string, ReadonlyMap<string, Observation>>;

const HEALTH: readonly HealthStatus[] = [
  'Healthy',
  'Healthy',
  'Healthy',
  'Progressing',
  'Degraded',
  'Unknown',
];

/** All clusters and what delivers to them. Slow: a cluster moves only when told to. Lying: see {@link lie}. */
export class World {
  readonly #repository: Repository;
  #reports: Reports = new Map();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  reports(): Reports {
    return this.#reports;
  }

  /** A cluster takes what its environment branch has, and reports some health of each Unit. */
  async sync(cluster: string, environment: string, now: number, random?: Random): Promise<void> {
    const revision = await this.#repository.resolve(environmentRef(environment));
    if (revision === undefined) return;
    const before = this.#reports.get(cluster);
    const units = new Map<string, Observation>();
    for (const [unit, record] of await recordsAt(this.#repository, revision)) {
      if (record.clusters[cluster] === undefined) continue;
      const health = random?.pick(HEALTH) ?? 'Healthy';
      const synced = random === undefined || random.chance(0.9);
      const known = before?.get(unit);
      const same = known?.health === health && known.revision === revision && known.synced === synced;
      units.set(unit, same ? known : { revision, synced, health, message: undefined, since: now });
    }
    this.#reports = new Map([...this.#reports, [cluster, units]]);
  }

  /** A cluster reports what is not so: health without a revision, of an old one, of long ago, or nothing at all. */
  lie(cluster: string, now: number, random: Random): void {
    const units = new Map(this.#reports.get(cluster));
    for (const [unit, observation] of units) {
      const lies: readonly (Observation | undefined)[] = [
        { ...observation, revision: undefined, health: 'Healthy', synced: true },
        { ...observation, revision: 'f'.repeat(40), health: 'Healthy', synced: true },
        { ...observation, since: undefined },
        { ...observation, since: now + 3_600_000 },
        { ...observation, health: 'Healthy', synced: false },
        undefined,
      ];
      const said = random.pick(lies.map((lie) => [lie]))[0];
      if (said === undefined) units.delete(unit);
      else units.set(unit, said);
    }
    this.#reports = new Map([...this.#reports, [cluster, units]]);
  }
}

/** What one promoter knows of the {@link World}: what it was told last. */
export class WorldView implements DeliveryEngine {
  /** What was read lately, the latest last. */
  readonly read: Reports[] = [];
  #known: Reports = new Map();
  #changed = () => {};

  async start(changed: () => void): Promise<void> {
    this.#changed = changed;
  }

  observations(): Reports {
    this.read.push(this.#known);
    if (this.read.length > 12) this.read.shift();
    return this.#known;
  }

  /** News arrives. */
  learn(reports: Reports): void {
    this.#known = reports;
    this.#changed();
  }

  async refresh(_placed: readonly Placed[]): Promise<void> {}

  async refreshFleet(): Promise<void> {}

  async close(): Promise<void> {}
}
