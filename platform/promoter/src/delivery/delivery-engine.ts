import type { Observation } from './observation.ts';

/** Names one Unit on one Cluster. */
export interface Placed {
  readonly unit: string;
  readonly cluster: string;
}

/**
 * What brings an environment branch into the clusters, seen from the promoter: it reports, and it can be asked to look
 * at once. Implementations: Argo CD on a hub, and a fake for tests.
 */
export interface DeliveryEngine {
  /** Starts watching; `changed` is called whenever an answer of {@link observations} may differ. */
  start(changed: () => void): Promise<void>;
  /** The latest known reports: cluster → unit → report. Never waits. */
  observations(): ReadonlyMap<string, ReadonlyMap<string, Observation>>;
  /** Asks the engine to look at the environment branch now instead of at its next poll. */
  refresh(placed: readonly Placed[]): Promise<void>;
  /** Asks the engine to look at the objects of the fleet itself now. */
  refreshFleet(): Promise<void>;
  close(): Promise<void>;
}
