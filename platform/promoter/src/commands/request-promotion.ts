import { ConflictError } from '@drydock/model';
import { releaseName } from '../releases/release.ts';
import type { Request } from '../state/state.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import { findRelease, type Target } from './target.ts';

export interface RequestPromotion {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** Default: the Release that is next. */
  readonly release?: string | undefined;
  /** The wish that is recorded now, if there is one. */
  readonly existing?: Request | undefined;
}

/**
 * The wish that a Release enters an Environment; its Gates still decide when. Whoever wishes it does not approve it.
 *
 * @throws ConflictError when there is nothing to promote, or the Release is not next
 */
export function requestPromotion(
  target: Target,
  { by, at, release: wanted, existing }: RequestPromotion,
): StateChange {
  const { unit, environment, verdict } = target;
  const next = verdict.candidate;
  const why = verdict.reasons.map(({ message }) => message).join('; ');
  if (verdict.action === 'current' || next === undefined)
    throw new ConflictError(`nothing to promote: ${unit} in ${environment}: ${why}`);
  if (wanted !== undefined && findRelease(target, wanted).id !== next.id) {
    throw new ConflictError(`${wanted} is not next for ${unit} in ${environment}: ${releaseName(next)} is`);
  }
  if (existing?.release === next.id) {
    // replaced, it would make the first of them an approver of what they asked for
    throw new ConflictError(
      `${existing.by} has asked for ${releaseName(next)} of ${unit} in ${environment} already`,
    );
  }
  return {
    files: new Map([[statePath.request(environment, unit), stateFile({ by, at, release: next.id })]]),
    subject: `request ${unit} ${releaseName(next)} for ${environment}`,
    by,
    trailers: { Unit: unit, Environment: environment, Release: next.id },
  };
}
