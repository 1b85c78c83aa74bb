import type { Release } from '../../releases/release.ts';
import type { Approval } from '../../state/state.ts';
import type { Placement } from '../placement.ts';

/** What a Gate may look at. */
export interface GateContext {
  readonly environment: string;
  readonly release: Release;
  /** Where the Release stands in the Environments before this one. */
  readonly upstream: readonly Placement[];
  /** Approvals of this Unit in this Environment, of any Release. */
  readonly approvals: readonly Approval[];
  /** People who wanted this promotion; none of them counts as an approver. */
  readonly requesters: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}
