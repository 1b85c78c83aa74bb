import { type Environment, environmentSchema } from '@drydock/model';
import type { HealthStatus, PlacedObservation } from '../../delivery/observation.ts';
import type { ActiveRelease, UnitRecord } from '../../environments/record.ts';
import type { Release } from '../../releases/release.ts';
import { EMPTY_STATE, type PromotionState } from '../../state/state.ts';
import { decide } from '../decide.ts';
import type { DecisionInput } from '../decision-input.ts';
import type { Verdict } from '../verdict.ts';

/** The present of every scenario. */
export const NOW = Date.UTC(2026, 5, 15, 12);

const SECOND = 1_000;

type EnvironmentInput = Parameters<typeof environmentSchema.parse>[0];

/**
 * A small language for decisions: describe what stands where, then ask for a verdict. Releases are named by their
 * sequence; everything that was promoted is healthy unless it is said to be otherwise.
 */
export class Scenario {
  readonly #environments: readonly Environment[];
  readonly #clusters: Readonly<Record<string, readonly string[]>>;
  readonly #releases = new Map<string, Release[]>();
  readonly #records = new Map<string, Map<string, UnitRecord>>();
  readonly #observations = new Map<string, Map<string, PlacedObservation>>();
  #state: PromotionState = EMPTY_STATE;
  #facts: DecisionInput['facts'] = new Map();

  /** @param clusters names of the clusters of each environment */
  constructor(
    environments: readonly EnvironmentInput[],
    clusters: Readonly<Record<string, readonly string[]>>,
  ) {
    this.#environments = environments.map((environment) => environmentSchema.parse(environment));
    this.#clusters = clusters;
  }

  /** The unit has Releases 1 to `newest`, for every environment unless `targets` says which. */
  releases(
    newest: number,
    options: { readonly unit?: string; readonly targets?: readonly string[] } = {},
  ): this {
    const { unit = 'app', targets = this.#environments.map(({ name }) => name) } = options;
    const all = Array.from({ length: newest }, (_, index) => this.#release(unit, index + 1, targets));
    this.#releases.set(unit, all.reverse());
    return this;
  }

  /** A Release is active on all clusters of an environment, or on some, since so many seconds. */
  has(environment: string, sequence: number, options: HasOptions = {}): this {
    const {
      unit = 'app',
      clusters = this.#clusters[environment] ?? [],
      health = 'Healthy',
      seconds = 600,
    } = options;
    for (const cluster of clusters) {
      this.#place({ environment, unit, cluster, sequence, seconds });
      this.observed(cluster, sequence, { unit, health, seconds });
    }
    return this;
  }

  /** What a cluster reports, when that is not simply that it is healthy with what it has. */
  observed(cluster: string, sequence: number, options: ObservedOptions = {}): this {
    const { unit = 'app', health = 'Healthy', seconds = 600, synced = true } = options;
    const units = this.#observations.get(cluster) ?? new Map<string, PlacedObservation>();
    const since = NOW - seconds * SECOND;
    const message = health === 'Healthy' ? undefined : 'the reason';
    units.set(unit, {
      revision: 'c',
      synced,
      health,
      message,
      since,
      promotion: promotionId(unit, cluster, sequence),
    });
    this.#observations.set(cluster, units);
    return this;
  }

  /** Nobody has heard of a cluster. */
  silent(cluster: string): this {
    this.#observations.delete(cluster);
    return this;
  }

  record(environment: string, change: (record: UnitRecord) => UnitRecord, unit = 'app'): this {
    const record = this.#records.get(environment)?.get(unit);
    if (record !== undefined) this.#records.get(environment)?.set(unit, change(record));
    return this;
  }

  state(change: Partial<PromotionState>): this {
    this.#state = { ...this.#state, ...change };
    return this;
  }

  facts(facts: DecisionInput['facts']): this {
    this.#facts = facts;
    return this;
  }

  input(now = NOW): DecisionInput {
    return {
      environments: this.#environments,
      releases: this.#releases,
      records: this.#records,
      observations: this.#observations,
      state: this.#state,
      facts: this.#facts,
      now,
    };
  }

  verdict(environment: string, options: { readonly unit?: string; readonly now?: number } = {}): Verdict {
    const { unit = 'app', now = NOW } = options;
    const found = decide(this.input(now)).find(
      (verdict) => verdict.unit === unit && verdict.environment === environment,
    );
    if (found === undefined) throw new Error(`no verdict on ${unit} in ${environment}`);
    return found;
  }

  #release(unit: string, sequence: number, targets: readonly string[]): Release {
    return {
      id: releaseId(sequence, unit),
      unit,
      kind: 'Application',
      team: 'team',
      revision: String(sequence).repeat(40).slice(0, 40),
      subject: `change ${sequence}`,
      sequence,
      createdAt: NOW - 3_600 * SECOND,
      requestedBy: 'developer',
      tree: `tree-${sequence}`,
      targets: new Map(targets.map((name) => [name, this.#clusters[name] ?? []])),
    };
  }

  #place({ environment, unit, cluster, sequence, seconds }: Placing): void {
    const units = this.#records.get(environment) ?? new Map<string, UnitRecord>();
    const before = units.get(unit);
    const active: ActiveRelease = {
      release: releaseId(sequence, unit),
      revision: String(sequence).repeat(40).slice(0, 40),
      sequence,
      promotion: promotionId(unit, cluster, sequence),
      cause: 'promotion',
      since: new Date(NOW - seconds * SECOND).toISOString(),
      requestedBy: 'developer',
      approvedBy: [],
      gates: [],
    };
    const previous = Array.from({ length: sequence - 1 }, (_, index) =>
      releaseId(sequence - 1 - index, unit),
    );
    const clusters = { ...before?.clusters, [cluster]: active };
    units.set(unit, {
      unit,
      kind: 'Application',
      team: 'team',
      clusters,
      previous,
      rejected: before?.rejected ?? [],
    });
    this.#records.set(environment, units);
  }
}

export interface HasOptions {
  readonly unit?: string;
  readonly clusters?: readonly string[];
  readonly health?: HealthStatus;
  readonly seconds?: number;
}

export interface ObservedOptions {
  readonly unit?: string;
  readonly health?: HealthStatus;
  readonly seconds?: number;
  readonly synced?: boolean;
}

interface Placing {
  readonly environment: string;
  readonly unit: string;
  readonly cluster: string;
  readonly sequence: number;
  readonly seconds: number;
}

/** Id of a Release in a scenario. */
export function releaseId(sequence: number, unit = 'app'): string {
  return `${unit}-${sequence}`;
}

function promotionId(unit: string, cluster: string, sequence: number): string {
  return `${unit}@${cluster}#${sequence}`;
}
