import { ConflictError } from '@drydock/model';
import type { PromotionState } from '../state/state.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import type { Target } from './target.ts';

export interface PutHold {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
}

/** Pins a Unit in an Environment to what it has there. */
export function hold({ unit, environment }: Target, { by, at, reason }: PutHold): StateChange {
  return {
    files: new Map([[statePath.hold(environment, unit), stateFile({ by, at, reason })]]),
    subject: `hold ${unit} in ${environment}`,
    by,
    trailers: { Unit: unit, Environment: environment, Reason: reason },
  };
}

/**
 * Lets a held Unit move again.
 *
 * @throws ConflictError when it is not held
 */
export function releaseHold(state: PromotionState, { unit, environment }: Target, by: string): StateChange {
  if (!state.holds.get(environment)?.has(unit))
    throw new ConflictError(`${unit} is not held in ${environment}`);
  return {
    files: new Map([[statePath.hold(environment, unit), undefined]]),
    subject: `release the hold of ${unit} in ${environment}`,
    by,
    trailers: { Unit: unit, Environment: environment },
  };
}
