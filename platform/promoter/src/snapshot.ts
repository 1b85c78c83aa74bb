import type { RefUpdate, Repository } from '@drydock/git';
import { type Environment, type FleetModel, loadFleet } from '@drydock/model';
import type { DecisionInput } from './decide/decision-input.ts';
import type { Observation, PlacedObservation } from './delivery/observation.ts';
import { type EnvironmentHead, EnvironmentStore } from './environments/environment-store.ts';
import { gitFileSource } from './git-file-source.ts';
import { HYDRATED_REF } from './hydrate/hydrate-revision.ts';
import { ReleaseStore } from './releases/release-store.ts';
import { STATE_REF, StateStore } from './state/state-store.ts';

/** Everything the promoter knows at one moment. */
export interface Snapshot extends DecisionInput {
  /** The fleet at the Revision that was hydrated last; undefined before the first. */
  readonly fleet: FleetModel | undefined;
  readonly revision: string | undefined;
  readonly heads: readonly EnvironmentHead[];
  /** What else the decision rests upon, as refs that must not have moved when it is carried out. */
  readonly guards: readonly RefUpdate[];
}

/** Reads the fleet at a Revision. */
export type FleetReader = (repository: Repository, revision: string) => Promise<FleetModel>;

const readFleet: FleetReader = (repository, revision) => loadFleet(gitFileSource(repository, revision));

type Releases = DecisionInput['releases'];
type Observations = ReadonlyMap<string, ReadonlyMap<string, Observation>>;

/** Reads {@link Snapshot}s; what git holds under an id is read once. */
export class SnapshotReader {
  readonly releases: ReleaseStore;
  readonly environments: EnvironmentStore;
  readonly state: StateStore;
  readonly #repository: Repository;
  readonly #readFleet: FleetReader;
  #fleet: { readonly revision: string; readonly fleet: FleetModel } | undefined;
  #listed: { readonly revision: string; readonly releases: Releases } | undefined;

  constructor(repository: Repository, reader: FleetReader = readFleet) {
    this.#repository = repository;
    this.#readFleet = reader;
    this.releases = new ReleaseStore(repository);
    this.environments = new EnvironmentStore(repository);
    this.state = new StateStore(repository);
  }

  async read(observations: Observations, facts: DecisionInput['facts'], now: number): Promise<Snapshot> {
    const { fleet, revision } = await this.#loadFleet();
    const environments = inOrder(fleet?.environments ?? []);
    const heads = await Promise.all(environments.map(({ name }) => this.environments.head(name)));
    const { commit, state } = await this.state.load();
    return {
      fleet,
      revision,
      heads,
      guards: [stays(HYDRATED_REF, revision), stays(STATE_REF, commit)],
      environments,
      releases: await this.#releasesAt(revision),
      records: new Map(heads.map((head) => [head.environment, head.records])),
      observations: await this.#place(observations),
      state,
      facts,
      now,
    };
  }

  async #loadFleet(): Promise<{ readonly fleet?: FleetModel; readonly revision?: string }> {
    const revision = await this.#repository.resolve(HYDRATED_REF);
    if (revision === undefined) return {};
    if (this.#fleet?.revision !== revision) {
      this.#fleet = { revision, fleet: await this.#readFleet(this.#repository, revision) };
    }
    return this.#fleet;
  }

  /**
   * All Releases. They come to be in the transaction that moves {@link HYDRATED_REF}, so while that stays there are no
   * others; a Release that a torn transaction has left is seen once hydration has been finished.
   */
  async #releasesAt(revision: string | undefined): Promise<Releases> {
    if (revision !== undefined && this.#listed?.revision === revision) return this.#listed.releases;
    const releases = await this.releases.list();
    if (revision !== undefined) this.#listed = { revision, releases };
    return releases;
  }

  /** Adds to each report which move stood at the commit it speaks of. */
  async #place(observations: Observations): Promise<DecisionInput['observations']> {
    const reports = [...observations.values()].flatMap((units) => [...units.values()]);
    const revisions = [...new Set(reports.flatMap(({ revision }) => revision ?? []))];
    const records = await Promise.all(revisions.map((revision) => this.environments.recordsAt(revision)));
    const recordsAt = new Map(revisions.map((revision, index) => [revision, records[index]]));
    const placed = new Map<string, Map<string, PlacedObservation>>();
    for (const [cluster, units] of observations) {
      const inside = new Map<string, PlacedObservation>();
      for (const [unit, observation] of units) {
        const record = recordsAt.get(observation.revision ?? '')?.get(unit);
        inside.set(unit, { ...observation, promotion: record?.clusters[cluster]?.promotion });
      }
      placed.set(cluster, inside);
    }
    return placed;
  }
}

function stays(ref: string, at: string | undefined): RefUpdate {
  return { ref, from: at, to: at };
}

/** Environments in an order in which each comes after those it is `after`. The model has refused cycles. */
function inOrder(environments: readonly Environment[]): readonly Environment[] {
  const ordered: Environment[] = [];
  const visit = (environment: Environment) => {
    if (ordered.includes(environment)) return;
    for (const name of environment.after) {
      const before = environments.find((candidate) => candidate.name === name);
      if (before !== undefined) visit(before);
    }
    ordered.push(environment);
  };
  environments.forEach(visit);
  return ordered;
}
