import type { Verdict } from '../decide/verdict.ts';
import type { Release } from '../releases/release.ts';
import type { ReleaseSet } from '../state/state.ts';

/** Prefix of the branches of proposals. */
export const PROPOSAL_PREFIX = 'promote/';

/** A Release that waits to enter, and that people have to approve or have approved. */
export type WaitingVerdict = Verdict & { readonly candidate: Release };

/** What people are asked to approve together: one Unit, or the Units of a set, entering one Environment. */
export interface Proposal {
  readonly environment: string;
  /** Name of the Unit or of the set. */
  readonly name: string;
  /** `promote/<environment>/<name>` */
  readonly branch: string;
  /** `env/<environment>` */
  readonly base: string;
  /** At least one, sorted by Unit. */
  readonly members: readonly WaitingVerdict[];
}

/**
 * Finds what waits in the Environments where approvals happen by pull request: one proposal for each set and Environment,
 * and one for each Unit that is in none. One that has been approved stays until its other Gates are open too.
 */
export function proposalsOf(
  verdicts: readonly Verdict[],
  sets: readonly ReleaseSet[],
  byPullRequest: (environment: string) => boolean,
): readonly Proposal[] {
  const waiting = verdicts.filter(waitsForApproval).filter(({ environment }) => byPullRequest(environment));
  const groups = Map.groupBy(waiting, (verdict) => `${verdict.environment}/${groupOf(verdict, sets)}`);
  return [...groups].map(([path, members]) => {
    const slash = path.indexOf('/');
    const environment = path.slice(0, slash);
    return {
      environment,
      name: path.slice(slash + 1),
      branch: `${PROPOSAL_PREFIX}${path}`,
      base: `env/${environment}`,
      members: members.toSorted((a, b) => (a.unit < b.unit ? -1 : 1)),
    };
  });
}

function waitsForApproval(verdict: Verdict): verdict is WaitingVerdict {
  return (
    verdict.candidate !== undefined &&
    verdict.cause === 'promotion' &&
    (verdict.action === 'wait' || verdict.action === 'blocked') &&
    verdict.gates.some(({ type }) => type === 'approval')
  );
}

function groupOf({ unit, environment, candidate }: WaitingVerdict, sets: readonly ReleaseSet[]): string {
  const set = sets.find(
    ({ environments, units }) => environments.includes(environment) && units[unit] === candidate.id,
  );
  return set === undefined ? unit : set.id;
}
