import type { CommitStatus, NewPullRequest, PullRequest } from './forge.ts';
import { PROPOSAL_PREFIX, type Proposal } from './proposal.ts';
import type { ProposalCommit } from './proposal-commit.ts';
import { proposalBody, proposalStatuses, proposalTitle } from './proposal-text.ts';

/** One proposal, with what is known of it in git and on the forge. */
export interface ProposalState extends ProposalCommit {
  readonly proposal: Proposal;
  /** Where its branch is now. */
  readonly branchAt: string | undefined;
  /** The newest pull request from its branch that is not open; only looked up when the branch is at `commit`. */
  readonly former?: PullRequest | undefined;
  /** Statuses that the forge has at `commit`. */
  readonly statuses: readonly CommitStatus[];
}

/** One thing to do on the forge. */
export type ForgeAction =
  | { readonly type: 'close'; readonly number: number; readonly branch: string; readonly comment: string }
  | { readonly type: 'drop'; readonly branch: string; readonly from: string }
  | ({ readonly type: 'open'; readonly from: string | undefined; readonly to: string } & NewPullRequest)
  | { readonly type: 'edit'; readonly number: number; readonly title: string; readonly body: string }
  | { readonly type: 'status'; readonly commit: string; readonly status: CommitStatus };

/** Calls of an action that create content on the forge; to drop a branch is git's business. */
export const COST = { close: 2, drop: 0, open: 1, edit: 1, status: 1 } as const satisfies Record<
  ForgeAction['type'],
  number
>;

/** What there is of earlier proposals. */
export interface Standing {
  /** Every open pull request from a branch of proposals. */
  readonly open: readonly PullRequest[];
  /** Every branch of proposals, and where it is. */
  readonly branches: ReadonlyMap<string, string>;
}

/**
 * Decides what to do so that there is exactly one open pull request for each proposal, of exactly its Releases; none for
 * one that changes nothing, and none again for one that a person has closed. What is to be closed comes first.
 */
export function decideForgeActions(
  states: readonly ProposalState[],
  { open, branches }: Standing,
): readonly ForgeAction[] {
  const wanted = states.filter(({ empty }) => !empty);
  const kept = new Map<string, PullRequest>();
  const closing: ForgeAction[] = [];
  for (const pullRequest of open.filter(({ branch }) => branch.startsWith(PROPOSAL_PREFIX))) {
    const { number, branch } = pullRequest;
    const state = wanted.find(({ proposal }) => proposal.branch === branch);
    const fits = state?.commit === pullRequest.commit && state.proposal.base === pullRequest.base;
    if (fits && !kept.has(branch)) kept.set(branch, pullRequest);
    else closing.push({ type: 'close', number, branch, comment: closingComment(state) });
  }
  const stale = [...branches].filter(
    ([branch]) => !wanted.some(({ proposal }) => proposal.branch === branch),
  );
  const dropping = stale.map(([branch, from]): ForgeAction => ({ type: 'drop', branch, from }));
  const opening = wanted.filter(({ proposal }) => !kept.has(proposal.branch)).flatMap(openingOf);
  const editing = wanted.flatMap((state) => editOf(state, kept.get(state.proposal.branch)));
  const telling = wanted.flatMap(statusesOf);
  return [...closing, ...dropping, ...opening, ...editing, ...telling];
}

/** Whether a person has closed or merged the pull request of exactly this commit. */
export function isSettled({ commit, former }: ProposalState): boolean {
  return former !== undefined && former.commit === commit && former.state !== 'open';
}

function closingComment(state: ProposalState | undefined): string {
  if (state === undefined) return 'This no longer waits: it has entered, or is not to enter any more.';
  return `Superseded: "${proposalTitle(state.proposal)}" waits now.`;
}

function openingOf(state: ProposalState): readonly ForgeAction[] {
  if (isSettled(state)) return [];
  const { proposal, branchAt: from, commit: to } = state;
  const { branch, base } = proposal;
  return [
    { type: 'open', from, to, branch, base, title: proposalTitle(proposal), body: proposalBody(proposal) },
  ];
}

function editOf({ proposal }: ProposalState, pullRequest: PullRequest | undefined): readonly ForgeAction[] {
  if (pullRequest === undefined) return [];
  const title = proposalTitle(proposal);
  const body = proposalBody(proposal);
  const same = pullRequest.title === title && normal(pullRequest.body) === normal(body);
  return same ? [] : [{ type: 'edit', number: pullRequest.number, title, body }];
}

function statusesOf(state: ProposalState): readonly ForgeAction[] {
  if (isSettled(state)) return [];
  const changed = proposalStatuses(state.proposal).filter((status) => {
    const shown = state.statuses.find(({ context }) => context === status.context);
    return shown?.state !== status.state || shown.description !== status.description;
  });
  return changed.map((status) => ({ type: 'status', commit: state.commit, status }));
}

/** Forges keep line ends and blanks at the end as they like. */
function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}
