/** A pull request (GitLab: merge request) of the promoter's own. */
export interface PullRequest {
  readonly number: number;
  /** Name of the branch it comes from, without `refs/heads/`. */
  readonly branch: string;
  /** Name of the branch it wants to enter. */
  readonly base: string;
  /** Commit that its branch has. */
  readonly commit: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  /** Who merged it, where the forge says so. */
  readonly mergedBy?: string | undefined;
  /** Changes whenever anything about it does, also a review. */
  readonly version: string;
}

/** What one Gate says, as forges show it beside a commit. */
export interface CommitStatus {
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure';
  readonly description: string;
}

export type NewPullRequest = Pick<PullRequest, 'branch' | 'base' | 'title' | 'body'>;

/**
 * A place where people look at changes. Names of people are those of the forge. Only pull requests whose branch lies in
 * the repository itself are ever answered: those of forks are nobody's proposal.
 *
 * @throws ForgeLimitedError when it wants to be left alone for a while
 * @throws UnavailableError when it does not answer, or not as expected
 */
export interface Forge {
  readonly name: string;
  /** Open pull requests from branches below a prefix. */
  openPullRequests(prefix: string): Promise<readonly PullRequest[]>;
  /** The newest pull request from a branch, whatever became of it. */
  latestPullRequest(branch: string): Promise<PullRequest | undefined>;
  /** Who approves of exactly the commit that the pull request has. */
  approvals(pullRequest: PullRequest): Promise<readonly string[]>;
  /** The newest status of each context. */
  statuses(commit: string): Promise<readonly CommitStatus[]>;
  /** Everybody who had a hand in a Revision: first whoever opened its pull request, then its author and committer. */
  authors(revision: string): Promise<readonly string[]>;

  /** The following create content, one call each. */
  open(pullRequest: NewPullRequest): Promise<void>;
  edit(number: number, text: Pick<PullRequest, 'title' | 'body'>): Promise<void>;
  comment(number: number, text: string): Promise<void>;
  close(number: number): Promise<void>;
  setStatus(commit: string, status: CommitStatus): Promise<void>;
}

/** The forge wants to be left alone until a time; milliseconds since the epoch. */
export class ForgeLimitedError extends Error {
  override readonly name = 'ForgeLimitedError';
  readonly retryable = true;
  readonly until: number;

  constructor(forge: string, until: number, options?: ErrorOptions) {
    super(`${forge} wants to be left alone until ${new Date(until).toISOString()}`, options);
    this.until = until;
  }
}
