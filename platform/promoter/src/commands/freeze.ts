import { ConflictError } from '@drydock/model';
import { type PromotionState, WHOLE_FLEET } from '../state/state.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';

export interface PutFreeze {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
  /** ISO 8601; when it ends by itself. */
  readonly until?: string | undefined;
}

/** Closes an Environment to everything but rollbacks. */
export function freeze(environment: string, { by, at, reason, until }: PutFreeze): StateChange {
  return {
    files: new Map([[statePath.freeze(environment), stateFile({ by, at, reason, until })]]),
    subject: `freeze ${nameOf(environment)}`,
    by,
    trailers: { Environment: environment, Reason: reason, Until: until },
  };
}

/**
 * Opens a frozen Environment.
 *
 * @throws ConflictError when it is not frozen
 */
export function thaw(state: PromotionState, environment: string, by: string): StateChange {
  if (!state.freezes.has(environment)) throw new ConflictError(`${nameOf(environment)} is not frozen`);
  return {
    files: new Map([[statePath.freeze(environment), undefined]]),
    subject: `thaw ${nameOf(environment)}`,
    by,
    trailers: { Environment: environment },
  };
}

function nameOf(environment: string): string {
  return environment === WHOLE_FLEET ? 'the whole fleet' : environment;
}
