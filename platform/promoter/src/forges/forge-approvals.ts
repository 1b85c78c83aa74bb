import { DrydockError } from '@drydock/model';
import { authorize } from '../access/authorize.ts';
import { approve } from '../commands/approve.ts';
import { findTarget } from '../commands/target.ts';
import type { Snapshot } from '../snapshot.ts';
import type { PromotionState } from '../state/state.ts';
import type { StateChange } from '../state/state-store.ts';
import type { Proposal } from './proposal.ts';

/** People who approve of a proposal on the forge, already by their names here. */
export interface ForgeApproval {
  readonly proposal: Proposal;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** Where it was given, for the audit log. */
  readonly comment: string;
}

/** Whether this person's approval of every Release of the proposal is recorded. */
export function isRecorded(
  { proposal, by }: Pick<ForgeApproval, 'proposal' | 'by'>,
  state: PromotionState,
): boolean {
  const { environment, members } = proposal;
  return members.every(({ unit, candidate }) =>
    state.approvals
      .get(environment)
      ?.get(unit)
      ?.some((approval) => approval.by === by && approval.release === candidate.id),
  );
}

/**
 * An approval on a forge as a change of the state: of exactly the Releases of the proposal, with everything that is asked
 * of an approval that comes through the API.
 *
 * @returns undefined where none of it counts: not granted, wanted by the same person, no longer waited for
 */
export function approvalOf(
  { proposal, by, at, comment }: ForgeApproval,
  snapshot: Snapshot,
): StateChange | undefined {
  const { environment, members } = proposal;
  const changes = members.flatMap(({ unit, candidate }) => {
    try {
      const target = findTarget(snapshot, unit, environment);
      const wanted = { action: 'approve', environment, team: target.team } as const;
      authorize(snapshot.fleet?.access ?? [], { name: by, groups: [] }, wanted);
      return [approve(target, { by, at, release: candidate.id, comment })];
    } catch (error) {
      if (error instanceof DrydockError) return [];
      throw error;
    }
  });
  const [first] = changes;
  if (first === undefined || changes.length === 1) return first;
  return {
    files: new Map(changes.flatMap(({ files }) => [...files])),
    subject: `approve ${changes.length} units of ${proposal.name} for ${environment}`,
    by,
    trailers: {
      Units: members.map(({ unit }) => unit).join(', '),
      Environment: environment,
      Comment: comment,
    },
  };
}
