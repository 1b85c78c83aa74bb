import type { Environment } from '@drydock/model';
import type { PlacedObservation } from '../delivery/observation.ts';
import type { UnitRecord } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';
import type { PromotionState } from '../state/state.ts';
import type { GateFact } from './gates/gate-fact.ts';

/** Everything a decision depends on. Equal inputs give equal verdicts. */
export interface DecisionInput {
  /** The PromotionStrategy, in an order in which an Environment comes after those it is `after`. */
  readonly environments: readonly Environment[];
  /** Releases by Unit, the newest first. */
  readonly releases: ReadonlyMap<string, readonly Release[]>;
  /** Environment → unit → record. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, UnitRecord>>;
  /** Cluster → unit → what the delivery engine says. */
  readonly observations: ReadonlyMap<string, ReadonlyMap<string, PlacedObservation>>;
  readonly state: PromotionState;
  /** What was found out elsewhere about Gates, by {@link factKey}. */
  readonly facts: ReadonlyMap<string, GateFact>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
