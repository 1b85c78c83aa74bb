import { ConflictError } from '@drydock/model';
import { newestActive } from '../decide/place.ts';
import { type Release, releaseName } from '../releases/release.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import { findRelease, type Target } from './target.ts';

export interface Rollback {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** Default: the one that was active before. */
  readonly release?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * Puts an older Release back, with the exact bytes that ran before, and pins it until the hold is released.
 *
 * @throws ConflictError when there is no older Release to go to, or the named one was not active here before: a
 *   rollback passes no Gates, so it leads only to where the Unit has been
 */
export function rollback(target: Target, { by, at, release: wanted, reason }: Rollback): StateChange {
  const { unit, environment } = target;
  const release = wanted === undefined ? releaseBefore(target) : findRelease(target, wanted);
  const current = currentSequence(target);
  if (release.sequence >= current) {
    throw new ConflictError(
      `${releaseName(release)} is not older than what ${unit} has in ${environment}; use "promote" to go forward`,
    );
  }
  if (!target.record?.previous.includes(release.id)) {
    throw new ConflictError(
      `${releaseName(release)} is none of the latest releases that ${unit} had in ${environment}, so its gates have not been passed`,
    );
  }
  const why = reason ?? `rolled back to ${releaseName(release)}`;
  return {
    files: new Map([
      [statePath.hold(environment, unit), stateFile({ by, at, reason: why, release: release.id })],
    ]),
    subject: `roll back ${unit} to ${releaseName(release)} in ${environment}`,
    by,
    trailers: { Unit: unit, Environment: environment, Release: release.id, Reason: reason },
  };
}

/** The newest of the Releases that were active here before and are older than the one that is. */
function releaseBefore(target: Target): Release {
  const current = currentSequence(target);
  const former = target.releases.filter(
    ({ id, sequence }) => sequence < current && target.record?.previous.includes(id),
  );
  const [newest] = former;
  if (newest !== undefined) return newest;
  throw new ConflictError(
    `nothing was active before in ${target.environment} that ${target.unit} could go back to`,
  );
}

function currentSequence({ record, unit, environment }: Target): number {
  const current = newestActive(record);
  if (current === undefined) throw new ConflictError(`${unit} is not in ${environment}`);
  return current;
}
