import { ConflictError } from '@drydock/model';
import { releaseName } from '../releases/release.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import { findRelease, type Target } from './target.ts';

export interface PutOverride {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** Default: the Release that waits. */
  readonly release?: string | undefined;
  readonly reason: string;
}

/**
 * Lets exactly one Release pass a freeze and closed windows. Every other Gate still decides.
 *
 * @throws ConflictError when nothing waits
 */
export function override(target: Target, { by, at, release: wanted, reason }: PutOverride): StateChange {
  const { unit, environment, verdict } = target;
  const release = wanted === undefined ? verdict.candidate : findRelease(target, wanted);
  if (release === undefined || verdict.action === 'current')
    throw new ConflictError(`nothing waits for ${unit} in ${environment}`);
  return {
    files: new Map([
      [statePath.override(environment, unit), stateFile({ by, at, release: release.id, reason })],
    ]),
    subject: `override freeze and windows for ${unit} ${releaseName(release)} in ${environment}`,
    by,
    trailers: { Unit: unit, Environment: environment, Release: release.id, Reason: reason },
  };
}
