import { type Environment, environmentSchema } from '@drydock/model';
import { decide } from '../decide/decide.ts';
import type { DecisionInput } from '../decide/decision-input.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { HealthStatus, PlacedObservation } from '../delivery/observation.ts';
import type { UnitRecord } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';
import { type Approval, EMPTY_STATE, type Freeze, type Hold, type PromotionState } from '../state/state.ts';

/** The Unit that {@link DecisionBuilder} is about. */
export const UNIT = 'podinfo';
export const NOW = Date.UTC(2026, 0, 5, 12);
export const minutes = (count: number): number => count * 60_000;
const iso = (time: number) => new Date(time).toISOString();

type EnvironmentInput = Parameters<typeof environmentSchema.parse>[0] & object;

/** dev → staging → prod, as the example fleet has them; prod in two waves. */
export const STRATEGY: readonly EnvironmentInput[] = [
  { name: 'dev' },
  { name: 'staging', after: ['dev'], gates: [{ type: 'health' }, { type: 'soak', for: '10m' }] },
  {
    name: 'prod',
    after: ['staging'],
    gates: [{ type: 'health' }, { type: 'approval', count: 1, expires: '24h' }],
    waves: [['eu'], ['us']],
  },
];
export const EVERYWHERE: Readonly<Record<string, readonly string[]>> = {
  dev: ['dev'],
  staging: ['staging'],
  prod: ['eu', 'us'],
};

/** Says in a line what is where, and gives the verdicts on it. Releases are called by their sequence. */
export class DecisionBuilder {
  readonly #releases: Release[] = [];
  readonly #records = new Map<string, UnitRecord>();
  readonly #observations = new Map<string, PlacedObservation>();
  #environments: readonly Environment[];
  #state: PromotionState = EMPTY_STATE;
  #now = NOW;

  constructor(strategy: readonly EnvironmentInput[] = STRATEGY) {
    this.#environments = strategy.map((environment) => environmentSchema.parse(environment));
  }

  /** The next Release; without targets, the removal of the Unit. */
  release(targets: Readonly<Record<string, readonly string[]>> = EVERYWHERE, requestedBy = 'dora'): this {
    const sequence = this.#releases.length + 1;
    this.#releases.unshift({
      id: releaseId(sequence),
      unit: UNIT,
      kind: 'Application',
      team: 'demo',
      revision: `${sequence}`.repeat(40).slice(0, 40),
      subject: `change ${sequence}`,
      sequence,
      createdAt: NOW - minutes(60),
      requestedBy,
      tree: 't'.repeat(40),
      targets: new Map(Object.entries(targets)),
    });
    return this;
  }

  /** A Release is active on some clusters, healthy for half an hour unless said otherwise. */
  active(environment: string, sequence: number, ...clusters: readonly string[]): this {
    const record = this.#records.get(environment) ?? emptyRecord();
    for (const cluster of clusters) {
      record.clusters[cluster] = {
        release: releaseId(sequence),
        revision: `${sequence}`.repeat(40).slice(0, 40),
        sequence,
        promotion: promotionId(environment, sequence),
        cause: 'promotion',
        since: iso(NOW - minutes(40)),
        requestedBy: 'dora',
        approvedBy: [],
        gates: [],
      };
      this.observed(environment, sequence, cluster);
    }
    this.#records.set(environment, record);
    return this;
  }

  /** What the delivery engine says of a cluster: some health at some Release, since some minutes. */
  observed(
    environment: string,
    sequence: number,
    cluster: string,
    said: { readonly health?: HealthStatus; readonly synced?: boolean; readonly minutes?: number } = {},
  ): this {
    this.#observations.set(cluster, {
      revision: `${environment}@${sequence}`,
      promotion: promotionId(environment, sequence),
      synced: said.synced ?? true,
      health: said.health ?? 'Healthy',
      message: undefined,
      since: NOW - minutes(said.minutes ?? 30),
    });
    return this;
  }

  /** The Release that moved to an environment last, where that is none of the active ones. */
  latest(environment: string, sequence: number): this {
    const record = this.#records.get(environment) ?? emptyRecord();
    this.#records.set(environment, { ...record, latest: { release: releaseId(sequence), sequence } });
    return this;
  }

  /** The delivery engine says nothing of a cluster. */
  silent(cluster: string): this {
    this.#observations.delete(cluster);
    return this;
  }

  approved(environment: string, sequence: number, by: string, minutesAgo = 5): this {
    const approval = { by, at: iso(NOW - minutes(minutesAgo)), release: releaseId(sequence) };
    const others: readonly Approval[] = this.#state.approvals.get(environment)?.get(UNIT) ?? [];
    return this.#decided('approvals', environment, [...others, approval]);
  }

  requested(environment: string, sequence: number, by: string): this {
    return this.#decided('requests', environment, { by, at: iso(NOW), release: releaseId(sequence) });
  }

  /** Pinned to what is there, or rolled back to a Release. */
  held(environment: string, sequence?: number): this {
    const release = sequence === undefined ? undefined : releaseId(sequence);
    const hold: Hold = { by: 'otto', at: iso(NOW), reason: 'because', ...(release && { release }) };
    return this.#decided('holds', environment, hold);
  }

  frozen(environment: string, minutesFromNow?: number): this {
    const until = minutesFromNow === undefined ? {} : { until: iso(NOW + minutes(minutesFromNow)) };
    const freeze: Freeze = { by: 'otto', at: iso(NOW), reason: 'holidays', ...until };
    this.#state = { ...this.#state, freezes: new Map([...this.#state.freezes, [environment, freeze]]) };
    return this;
  }

  /** Minutes after {@link NOW}. */
  at(minutesFromNow: number): this {
    this.#now = NOW + minutes(minutesFromNow);
    return this;
  }

  input(): DecisionInput {
    return {
      environments: this.#environments,
      releases: new Map(this.#releases.length === 0 ? [] : [[UNIT, this.#releases]]),
      records: new Map([...this.#records].map(([name, record]) => [name, new Map([[UNIT, record]])])),
      observations: new Map([...this.#observations].map(([name, seen]) => [name, new Map([[UNIT, seen]])])),
      state: this.#state,
      facts: new Map(),
      now: this.#now,
    };
  }

  verdict(environment: string): Verdict {
    const found = decide(this.input()).find((verdict) => verdict.environment === environment);
    if (found === undefined) throw new Error(`no verdict on ${environment}`);
    return found;
  }

  #decided(kind: 'approvals' | 'requests' | 'holds', environment: string, value: unknown): this {
    const others: ReadonlyMap<string, unknown> = this.#state[kind];
    const all = new Map<string, unknown>([...others, [environment, new Map([[UNIT, value]])]]);
    this.#state = { ...this.#state, [kind]: all };
    return this;
  }
}

/** Id of the Release with a sequence. */
export function releaseId(sequence: number): string {
  return `release-${sequence}`;
}

function promotionId(environment: string, sequence: number): string {
  return `${environment}-${sequence}`;
}

function emptyRecord(): UnitRecord {
  return { unit: UNIT, kind: 'Application', team: 'demo', clusters: {}, previous: [], rejected: [] };
}
