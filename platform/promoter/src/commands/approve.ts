import { ConflictError, ForbiddenError } from '@drydock/model';
import { releaseName } from '../releases/release.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import { findRelease, type Target } from './target.ts';

export interface Approve {
  readonly by: string;
  readonly groups?: readonly string[] | undefined;
  /** ISO 8601. */
  readonly at: string;
  /** The Release the approver has seen. Default: the one that waits. */
  readonly release?: string | undefined;
  readonly comment?: string | undefined;
}

/**
 * Consent to exactly the Release that waits to enter an Environment.
 *
 * @throws ConflictError when nothing waits for an approval, or another Release does
 * @throws ForbiddenError when the approver wanted this promotion
 */
export function approve(
  target: Target,
  { by, at, groups = [], release: wanted, comment }: Approve,
): StateChange {
  const { unit, environment, verdict } = target;
  const release = verdict.candidate;
  const gate = verdict.gates.find(({ type }) => type === 'approval');
  if (release === undefined || gate === undefined || gate.phase === 'passed') {
    const why = verdict.reasons.map(({ message }) => message).join('; ');
    throw new ConflictError(
      `${unit} in ${environment} does not wait for an approval: ${why || verdict.action}`,
    );
  }
  if (wanted !== undefined && findRelease(target, wanted).id !== release.id) {
    throw new ConflictError(
      `${unit} in ${environment} now waits with ${releaseName(release)}, not with ${wanted}: look at it again`,
    );
  }
  if (by === release.requestedBy || by === verdict.requestedBy) {
    throw new ForbiddenError(`${by} requested ${releaseName(release)} of ${unit} and cannot approve it`);
  }
  return {
    files: new Map([
      [
        statePath.approval(environment, unit, release.id, by),
        stateFile({ by, at, groups, release: release.id, comment }),
      ],
    ]),
    subject: `approve ${unit} ${releaseName(release)} (${release.subject}) for ${environment}`,
    by,
    trailers: { Unit: unit, Environment: environment, Release: release.id, Comment: comment },
  };
}
