import { UnavailableError } from '@drydock/model';
import { Octokit, type RestEndpointMethodTypes } from '@octokit/rest';
import { type Clock, systemClock } from '../ports.ts';
import {
  type CommitStatus,
  type Forge,
  ForgeLimitedError,
  type NewPullRequest,
  type PullRequest,
} from './forge.ts';
import { limitedUntil } from './limited.ts';

export interface ForgeOptions {
  /** Asked before each call, so that a token that was replaced is used. */
  readonly token: () => Promise<string>;
  /** `<owner>/<name>`, with GitLab also deeper. */
  readonly repository: string;
  /** Address of the forge, or of its API with GitHub. */
  readonly url: string;
  readonly clock?: Clock | undefined;
  readonly fetch?: typeof fetch | undefined;
}

type Pull = RestEndpointMethodTypes['pulls']['list']['response']['data'][number];

const silent = { debug() {}, info() {}, warn() {}, error() {} };
/** The account that merges in GitHub's web pages; nobody in particular. */
const WEB_FLOW = 'web-flow';

/** GitHub and GitHub Enterprise Server, through their REST API (docs.github.com/rest). */
export class GithubForge implements Forge {
  readonly name = 'github';
  readonly #octokit: Octokit;
  readonly #clock: Clock;
  readonly #at: { readonly owner: string; readonly repo: string };

  constructor({ token, repository, url, clock, fetch: ask }: ForgeOptions) {
    const [owner = '', repo = ''] = repository.split('/');
    this.#at = { owner, repo };
    this.#clock = clock ?? systemClock;
    this.#octokit = new Octokit({
      baseUrl: url,
      userAgent: 'drydock',
      log: silent,
      ...(ask && { request: { fetch: ask } }),
    });
    this.#octokit.hook.before('request', async (options) => {
      options.headers.authorization = `Bearer ${await token()}`;
    });
    this.#octokit.hook.error('request', (error) => {
      throw this.#meaning(error);
    });
  }

  async openPullRequests(prefix: string): Promise<readonly PullRequest[]> {
    const { pulls } = this.#octokit.rest;
    const all = await this.#octokit.paginate(pulls.list, { ...this.#at, state: 'open', per_page: 100 });
    return all
      .filter((pull) => this.#isOwn(pull) && pull.head.ref.startsWith(prefix))
      .map((pull) => fromPull(pull));
  }

  async latestPullRequest(branch: string): Promise<PullRequest | undefined> {
    const { pulls } = this.#octokit.rest;
    const head = `${this.#at.owner}:${branch}`;
    const { data } = await pulls.list({
      ...this.#at,
      state: 'all',
      head,
      sort: 'created',
      direction: 'desc',
      per_page: 1,
    });
    const [latest] = data;
    if (latest === undefined || !this.#isOwn(latest) || latest.head.ref !== branch) return undefined;
    if (latest.merged_at === null) return fromPull(latest);
    const merged = await pulls.get({ ...this.#at, pull_number: latest.number });
    return fromPull(latest, merged.data.merged_by?.login);
  }

  async approvals({ number, commit }: PullRequest): Promise<readonly string[]> {
    const { pulls } = this.#octokit.rest;
    const reviews = await this.#octokit.paginate(pulls.listReviews, {
      ...this.#at,
      pull_number: number,
      per_page: 100,
    });
    const last = new Map<string, boolean>();
    for (const { user, state, commit_id } of reviews) {
      if (user !== null && state !== 'COMMENTED' && state !== 'PENDING')
        last.set(user.login, state === 'APPROVED' && commit_id === commit);
    }
    return [...last].filter(([, approves]) => approves).map(([login]) => login);
  }

  async statuses(commit: string): Promise<readonly CommitStatus[]> {
    const { repos } = this.#octokit.rest;
    const all = await this.#octokit.paginate(repos.listCommitStatusesForRef, {
      ...this.#at,
      ref: commit,
      per_page: 100,
    });
    const newest = new Map<string, CommitStatus>();
    for (const { context, state, description } of all) {
      if (newest.has(context)) continue;
      const known = state === 'success' || state === 'pending' ? state : 'failure';
      newest.set(context, { context, state: known, description: description ?? '' });
    }
    return [...newest.values()];
  }

  async authors(revision: string): Promise<readonly string[]> {
    const { repos } = this.#octokit.rest;
    const { data: commit } = await repos.getCommit({ ...this.#at, ref: revision });
    const { data: pulls } = await repos.listPullRequestsAssociatedWithCommit({
      ...this.#at,
      commit_sha: revision,
    });
    const users = [...pulls.map(({ user }) => user), commit.author, commit.committer];
    const logins = users.map((user) => (user && 'login' in user ? String(user.login) : ''));
    return [...new Set(logins)].filter((login) => login !== '' && login !== WEB_FLOW);
  }

  async open({ branch, base, title, body }: NewPullRequest): Promise<void> {
    await this.#octokit.rest.pulls.create({ ...this.#at, head: branch, base, title, body });
  }

  async edit(number: number, { title, body }: Pick<PullRequest, 'title' | 'body'>): Promise<void> {
    await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number, title, body });
  }

  async comment(number: number, body: string): Promise<void> {
    await this.#octokit.rest.issues.createComment({ ...this.#at, issue_number: number, body });
  }

  async close(number: number): Promise<void> {
    await this.#octokit.rest.pulls.update({ ...this.#at, pull_number: number, state: 'closed' });
  }

  async setStatus(sha: string, { context, state, description }: CommitStatus): Promise<void> {
    await this.#octokit.rest.repos.createCommitStatus({ ...this.#at, sha, context, state, description });
  }

  #isOwn({ head }: Pull): boolean {
    return head.repo?.full_name.toLowerCase() === `${this.#at.owner}/${this.#at.repo}`.toLowerCase();
  }

  #meaning(
    error: Error & {
      readonly status?: number | undefined;
      readonly response?: { readonly headers: object } | undefined;
    },
  ): Error {
    const { status = 0, message, response } = error;
    const headers = { ...response?.headers };
    const until = limitedUntil({ status, headers, message }, this.#clock.now());
    if (until !== undefined) return new ForgeLimitedError(this.name, until, { cause: error });
    return new UnavailableError(`github answers with status ${status}: ${message}`, { cause: error });
  }
}

function fromPull(pull: Pull, mergedBy?: string): PullRequest {
  return {
    number: pull.number,
    branch: pull.head.ref,
    base: pull.base.ref,
    commit: pull.head.sha,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.merged_at !== null ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    mergedBy,
    version: pull.updated_at,
  };
}
