import { z } from 'zod';
import { systemClock } from '../ports.ts';
import type { CommitStatus, Forge, NewPullRequest, PullRequest } from './forge.ts';
import { ForgeHttp, ForgeStatusError } from './forge-http.ts';
import type { ForgeOptions } from './github.ts';

const user = z.object({ username: z.string() });
const mergeRequest = z.object({
  iid: z.int(),
  source_branch: z.string(),
  target_branch: z.string(),
  source_project_id: z.int().nullable(),
  target_project_id: z.int(),
  sha: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  state: z.enum(['opened', 'closed', 'locked', 'merged']),
  author: user,
  merge_user: user.nullish(),
  updated_at: z.string(),
});
const approvals = z.object({ approved_by: z.array(z.object({ user })) });
const status = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string(),
  description: z.string().nullable(),
});

const PAGE = { size: 100, sizeName: 'per_page' } as const;
const STATE = { success: 'success', pending: 'pending', failure: 'failed' } as const;

/**
 * GitLab through its REST API (docs.gitlab.com/api): merge requests, their approvals, notes and commit statuses. GitLab
 * does not say which commit was approved, so approvals of a merge request are those of the commit that it has now; the
 * promoter opens another one for every other Release.
 */
export class GitlabForge implements Forge {
  readonly name = 'gitlab';
  readonly #http: ForgeHttp;

  constructor({ token, repository, url, clock = systemClock, fetch }: ForgeOptions) {
    this.#http = new ForgeHttp({
      forge: this.name,
      base: `${url.replace(/\/$/, '')}/api/v4/projects/${encodeURIComponent(repository)}`,
      authorization: async () => `Bearer ${await token()}`,
      clock,
      fetch,
    });
  }

  async openPullRequests(prefix: string): Promise<readonly PullRequest[]> {
    const all = await this.#http.list('/merge_requests?state=opened', z.array(mergeRequest), PAGE);
    return all
      .filter((found) => isOwn(found) && found.source_branch.startsWith(prefix))
      .map(fromMergeRequest);
  }

  async latestPullRequest(branch: string): Promise<PullRequest | undefined> {
    const query = `source_branch=${encodeURIComponent(branch)}&order_by=created_at&sort=desc&per_page=20`;
    const found = await this.#http.get(`/merge_requests?${query}`, z.array(mergeRequest));
    const latest = found.find((request) => isOwn(request) && request.source_branch === branch);
    return latest && fromMergeRequest(latest);
  }

  async approvals({ number }: PullRequest): Promise<readonly string[]> {
    const { approved_by } = await this.#http.get(`/merge_requests/${number}/approvals`, approvals);
    return approved_by.map(({ user }) => user.username);
  }

  async statuses(commit: string): Promise<readonly CommitStatus[]> {
    const all = await this.#http.list(`/repository/commits/${commit}/statuses`, z.array(status), PAGE);
    const newest = new Map(all.toSorted((a, b) => a.id - b.id).map((found) => [found.name, found]));
    return [...newest.values()].map(({ name, status: state, description }) => ({
      context: name,
      state:
        state === 'success' ? 'success' : state === 'pending' || state === 'running' ? 'pending' : 'failure',
      description: description ?? '',
    }));
  }

  /** Authors of commits are addresses here, not users; those who opened merge requests are users. */
  async authors(revision: string): Promise<readonly string[]> {
    const path = `/repository/commits/${revision}/merge_requests`;
    const found = await this.#http.list(path, z.array(mergeRequest), PAGE);
    return [...new Set(found.map(({ author }) => author.username))];
  }

  open({ branch, base, title, body }: NewPullRequest): Promise<void> {
    const request = { source_branch: branch, target_branch: base, title, description: body };
    return this.#http.send('POST', '/merge_requests', request);
  }

  edit(number: number, { title, body }: Pick<PullRequest, 'title' | 'body'>): Promise<void> {
    return this.#http.send('PUT', `/merge_requests/${number}`, { title, description: body });
  }

  comment(number: number, body: string): Promise<void> {
    return this.#http.send('POST', `/merge_requests/${number}/notes`, { body });
  }

  close(number: number): Promise<void> {
    return this.#http.send('PUT', `/merge_requests/${number}`, { state_event: 'close' });
  }

  /** A status cannot go from one state to the same one: GitLab then keeps the older description. */
  async setStatus(commit: string, { context, state, description }: CommitStatus): Promise<void> {
    const body = { state: STATE[state], name: context, description };
    await this.#http.send('POST', `/statuses/${commit}`, body).catch((error: unknown) => {
      const same =
        error instanceof ForgeStatusError && error.status === 400 && /transition/i.test(error.said);
      if (!same) throw error;
    });
  }
}

function isOwn({ source_project_id, target_project_id }: z.infer<typeof mergeRequest>): boolean {
  return source_project_id === target_project_id;
}

function fromMergeRequest(request: z.infer<typeof mergeRequest>): PullRequest {
  return {
    number: request.iid,
    branch: request.source_branch,
    base: request.target_branch,
    commit: request.sha ?? '',
    title: request.title,
    body: request.description ?? '',
    state: request.state === 'merged' ? 'merged' : request.state === 'closed' ? 'closed' : 'open',
    mergedBy: request.merge_user?.username,
    version: request.updated_at,
  };
}
