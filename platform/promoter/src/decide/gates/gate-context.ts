import type { Release } from '../../releases/release.ts';
import type { Approval, CheckReport, Override } from '../../state/state.ts';
import type { Placement } from '../placement.ts';
import type { GateFact } from './gate-fact.ts';

/** What a Gate may look at. */
export interface GateContext {
  readonly environment: string;
  readonly release: Release;
  /** Where the Release stands in the Environments before this one. */
  readonly upstream: readonly Placement[];
  /** Where it still stands in the Environments before those. */
  readonly ancestors: readonly Placement[];
  /** Reports of checks about this Release. */
  readonly checks: readonly CheckReport[];
  readonly facts: ReadonlyMap<string, GateFact>;
  /** Who asked for this Release here, if anybody did. */
  readonly request: string | undefined;
  /** The consent to this Release passing a freeze and closed windows, if there is one. */
  readonly override: Override | undefined;
  /** Approvals of this Unit in this Environment, of any Release. */
  readonly approvals: readonly Approval[];
  /** People who wanted this promotion; none of them counts as an approver. */
  readonly requesters: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}
