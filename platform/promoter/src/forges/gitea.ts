import { z } from 'zod';
import { systemClock } from '../ports.ts';
import type { CommitStatus, Forge, NewPullRequest, PullRequest } from './forge.ts';
import { ForgeHttp } from './forge-http.ts';
import type { ForgeOptions } from './github.ts';

const user = z.object({ login: z.string() });
const branch = z.object({ ref: z.string(), sha: z.string(), repo_id: z.int() });
const pull = z.object({
  number: z.int(),
  head: branch,
  base: branch,
  title: z.string(),
  body: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  merged_by: user.nullish(),
  user,
  updated_at: z.string(),
});
const review = z.object({
  user: user.nullable(),
  state: z.string(),
  commit_id: z.string(),
  dismissed: z.boolean().default(false),
});
const status = z.object({ id: z.int(), context: z.string(), status: z.string(), description: z.string() });
const commit = z.object({ author: user.nullish(), committer: user.nullish() });

/** Gitea's largest page, unless its administrator has set another (docs.gitea.com, `MAX_RESPONSE_ITEMS`). */
const PAGE = { size: 50, sizeName: 'limit' } as const;

/** Gitea and Forgejo through the API that they share (docs.gitea.com/api, forgejo.org/docs, "API"). */
export class GiteaForge implements Forge {
  readonly name = 'gitea';
  readonly #http: ForgeHttp;

  constructor({ token, repository, url, clock = systemClock, fetch }: ForgeOptions) {
    this.#http = new ForgeHttp({
      forge: this.name,
      base: `${url.replace(/\/$/, '')}/api/v1/repos/${repository}`,
      authorization: async () => `token ${await token()}`,
      clock,
      fetch,
    });
  }

  async openPullRequests(prefix: string): Promise<readonly PullRequest[]> {
    const all = await this.#http.list('/pulls?state=open', z.array(pull), PAGE);
    return all.filter((found) => isOwn(found) && found.head.ref.startsWith(prefix)).map(fromPull);
  }

  /** There is no query for a branch; whoever looks for a former proposal looks soon after it has ended. */
  async latestPullRequest(name: string): Promise<PullRequest | undefined> {
    const path = `/pulls?state=all&sort=recentupdate&limit=${PAGE.size}&page=1`;
    const found = await this.#http.get(path, z.array(pull));
    const own = found.filter((candidate) => isOwn(candidate) && candidate.head.ref === name);
    const latest = own.toSorted((a, b) => b.number - a.number)[0];
    return latest && fromPull(latest);
  }

  async approvals({ number, commit: at }: PullRequest): Promise<readonly string[]> {
    const reviews = await this.#http.list(`/pulls/${number}/reviews`, z.array(review), PAGE);
    const last = new Map<string, boolean>();
    for (const { user: reviewer, state, commit_id, dismissed } of reviews) {
      if (reviewer !== null && (state === 'APPROVED' || state === 'REQUEST_CHANGES'))
        last.set(reviewer.login, state === 'APPROVED' && commit_id === at && !dismissed);
    }
    return [...last].filter(([, approves]) => approves).map(([login]) => login);
  }

  async statuses(at: string): Promise<readonly CommitStatus[]> {
    const all = await this.#http.list(`/commits/${at}/statuses`, z.array(status), PAGE);
    const newest = new Map(all.toSorted((a, b) => a.id - b.id).map((found) => [found.context, found]));
    return [...newest.values()].map(({ context, status: state, description }) => ({
      context,
      state: state === 'success' || state === 'pending' ? state : 'failure',
      description,
    }));
  }

  async authors(revision: string): Promise<readonly string[]> {
    const { author, committer } = await this.#http.get(`/git/commits/${revision}`, commit);
    const request = await this.#http.find(`/commits/${revision}/pull`, pull);
    const logins = [request?.user, author, committer].map((person) => person?.login ?? '');
    return [...new Set(logins)].filter((login) => login !== '');
  }

  open({ branch: head, base, title, body }: NewPullRequest): Promise<void> {
    return this.#http.send('POST', '/pulls', { head, base, title, body });
  }

  edit(number: number, { title, body }: Pick<PullRequest, 'title' | 'body'>): Promise<void> {
    return this.#http.send('PATCH', `/pulls/${number}`, { title, body });
  }

  comment(number: number, body: string): Promise<void> {
    return this.#http.send('POST', `/issues/${number}/comments`, { body });
  }

  close(number: number): Promise<void> {
    return this.#http.send('PATCH', `/pulls/${number}`, { state: 'closed' });
  }

  setStatus(at: string, { context, state, description }: CommitStatus): Promise<void> {
    return this.#http.send('POST', `/statuses/${at}`, { context, state, description });
  }
}

function isOwn({ head, base }: z.infer<typeof pull>): boolean {
  return head.repo_id === base.repo_id;
}

function fromPull(found: z.infer<typeof pull>): PullRequest {
  return {
    number: found.number,
    branch: found.head.ref,
    base: found.base.ref,
    commit: found.head.sha,
    title: found.title,
    body: found.body ?? '',
    state: found.merged ? 'merged' : found.state,
    mergedBy: found.merged_by?.login,
    version: found.updated_at,
  };
}
