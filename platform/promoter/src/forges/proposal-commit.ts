import { FILE_MODE, formatTrailers, type Repository, TREE_MODE, type TreeEdit } from '@drydock/git';
import { recordPath } from '../environments/record.ts';
import { promoterSignature } from '../signature.ts';
import type { Proposal, WaitingVerdict } from './proposal.ts';
import { proposalTitle } from './proposal-text.ts';

/** A commit that shows what a proposal would change. It is looked at, never delivered. */
export interface ProposalCommit {
  readonly commit: string;
  /** Whether it changes nothing at all. */
  readonly empty: boolean;
}

/**
 * The commit of a proposal on top of an environment branch. The same Releases on the same commit give the same id. One
 * that is there already is kept while nothing else of these Units has come, so that other promotions disturb no review.
 *
 * @param head commit of the environment branch
 * @param existing commit of the proposal's branch, which anybody may have moved
 */
export async function proposalCommit(
  repository: Repository,
  proposal: Proposal,
  { head, existing }: { readonly head: string; readonly existing: string | undefined },
): Promise<ProposalCommit> {
  const parent = existing && (await repository.readCommit(existing)).parents[0];
  if (parent !== undefined && parent !== '' && (await sameUnits(repository, proposal, parent, head))) {
    const again = await build(repository, proposal, parent);
    if (again.commit === existing && !again.empty) return again;
  }
  return build(repository, proposal, head);
}

async function sameUnits(repository: Repository, proposal: Proposal, a: string, b: string): Promise<boolean> {
  const records = async (commit: string) =>
    Promise.all(
      proposal.members.map(async ({ unit }) =>
        String(await repository.readFile(`${commit}:${recordPath(unit)}`)),
      ),
    );
  const [before, after] = await Promise.all([records(a), records(b)]);
  return before.every((record, index) => record === after[index]);
}

async function build(repository: Repository, proposal: Proposal, parent: string): Promise<ProposalCommit> {
  const { members } = proposal;
  const edits = new Map<string, TreeEdit>();
  for (const member of members) {
    for (const [path, edit] of await editsOf(repository, member)) edits.set(path, edit);
  }
  const base = (await repository.readCommit(parent)).tree;
  const tree = await repository.editTree(base, edits);
  const who = promoterSignature(Math.max(...members.map(({ candidate }) => candidate.createdAt)));
  const trailers = members.map(({ unit, candidate }) =>
    formatTrailers({ Unit: unit, Release: candidate.id }),
  );
  const message = `${proposalTitle(proposal)}\n\n${trailers.join('\n\n')}\n`;
  const commit = repository.writeCommit({ tree, parents: [parent], author: who, committer: who, message });
  return { commit, empty: tree === base };
}

/** The Unit's own paths on every cluster of the Environment, as the Release has them. */
async function editsOf(
  repository: Repository,
  { unit, environment, candidate }: WaitingVerdict,
): Promise<readonly (readonly [string, TreeEdit])[]> {
  const clusters = candidate.targets.get(environment) ?? [];
  const edits = clusters.map(async (cluster) => {
    const source = `${candidate.tree}:${environment}/${cluster}`;
    const delivery = (await repository.listTree(`${source}/delivery`)).find(
      ({ path }) => path === `${unit}.yaml`,
    );
    const units = (await repository.listTree(`${source}/units`)).find(({ path }) => path === unit);
    return [
      [`${cluster}/delivery/${unit}.yaml`, delivery && { mode: FILE_MODE, oid: delivery.oid }],
      [`${cluster}/units/${unit}`, units && { mode: TREE_MODE, oid: units.oid }],
    ] as const;
  });
  return (await Promise.all(edits)).flat();
}
