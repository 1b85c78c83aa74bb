import type { Cause } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';

export type GatePhase = 'pending' | 'passed' | 'failed';

/** What one Gate says of one Release and one Environment, now. */
export interface GateResult {
  readonly type: string;
  readonly phase: GatePhase;
  /** One sentence for a person. */
  readonly reason: string;
  /** When it opens by itself if nothing changes; milliseconds since the epoch. */
  readonly opensAt?: number | undefined;
}

export type Action = 'promote' | 'wait' | 'blocked' | 'current' | 'none';

/** Why a verdict is what it is; `code` is for machines. */
export interface Reason {
  readonly code:
    | 'no-release'
    | 'up-to-date'
    | 'ahead'
    | 'hold'
    | 'freeze'
    | 'gate'
    | 'wave'
    | 'upstream'
    | 'not-targeted'
    | 'failed'
    | 'set'
    | 'ready';
  readonly message: string;
}

/** What is to happen with one Unit in one Environment. */
export interface Verdict {
  readonly unit: string;
  readonly environment: string;
  readonly action: Action;
  /** The Release that enters, or waits to enter. */
  readonly candidate: Release | undefined;
  readonly cause: Cause;
  /** For `promote`: the clusters that move now. */
  readonly clusters: readonly string[];
  readonly gates: readonly GateResult[];
  readonly reasons: readonly Reason[];
  /** When the last pending gate opens by itself, where every one of them knows. */
  readonly opensAt: number | undefined;
  readonly requestedBy: string;
  readonly approvedBy: readonly string[];
  /** For an automatic rollback: the Release that failed and why. */
  readonly rejects: { readonly release: string; readonly reason: string } | undefined;
}
