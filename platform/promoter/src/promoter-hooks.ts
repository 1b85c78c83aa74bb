import type { Verdict } from './decide/verdict.ts';
import type { Promotion } from './execute/execute.ts';
import type { Snapshot } from './snapshot.ts';

/** Brings in what others have done to the repository elsewhere; see `RemoteRefs` in the git package. */
export interface Sync {
  /** @throws UnavailableError when the other side does not answer: nothing is decided then */
  pull(): Promise<void>;
}

/** The end of one look: nothing moves any more until something changes. */
export interface Settled {
  readonly snapshot: Snapshot;
  readonly verdicts: readonly Verdict[];
  /** Milliseconds that the look took. */
  readonly took: number;
}

/**
 * Is told what the promoter does: forges, notifications, metrics. Calls return at once and never fail; what takes time
 * goes on by itself.
 */
export interface PromoterObserver {
  /** Refs have moved. */
  promoted?(promotions: readonly Promotion[], now: number): void;
  settled?(settled: Settled): void;
}
