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

type Observations = ReadonlyMap<string, ReadonlyMap<string, Observation>>;

/** Reads {@link Snapshot}s; what git holds under an id is read once. */
export class SnapshotReader {
  readonly releases: ReleaseStore;
  readonly environments: EnvironmentStore;
  readonly state: StateStore;
  readonly #repository: Repository;
  readonly #readFleet: FleetReader;
  #fleet: { readonly revision: string; readonly fleet: FleetModel } | undefined;

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
      releases: await this.releases.list(),
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

  /** Adds to each report which move stood at the commit it speaks of. */
  async #place(observations: Observations): Promise<DecisionInput['observations']> {
    const clusters = await Promise.all(
      [...observations].map(async ([cluster, units]) => {
        const placed = await Promise.all(
          [...units].map(async ([unit, observation]): Promise<[string, PlacedObservation]> => {
            const { revision } = observation;
            const records = revision === undefined ? undefined : await this.environments.recordsAt(revision);
            return [unit, { ...observation, promotion: records?.get(unit)?.clusters[cluster]?.promotion }];
          }),
        );
        return [cluster, new Map(placed)] as const;
      }),
    );
    return new Map(clusters);
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
