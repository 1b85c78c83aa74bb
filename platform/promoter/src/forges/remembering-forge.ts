import type { CommitStatus, Forge, NewPullRequest, PullRequest } from './forge.ts';

/** From how many entries on everything is asked again. */
const KEPT = 2_000;

/** Asks a forge only what may have changed: most pull requests wait for days without anything happening. */
export class RememberingForge implements Forge {
  readonly #forge: Forge;
  readonly #approvals = new Map<string, readonly string[]>();
  readonly #statuses = new Map<string, readonly CommitStatus[]>();
  readonly #authors = new Map<string, readonly string[]>();
  readonly #ended = new Map<string, PullRequest>();

  constructor(forge: Forge) {
    this.#forge = forge;
  }

  get name(): string {
    return this.#forge.name;
  }

  openPullRequests(prefix: string): Promise<readonly PullRequest[]> {
    return this.#forge.openPullRequests(prefix);
  }

  async latestPullRequest(branch: string): Promise<PullRequest | undefined> {
    const known = this.#ended.get(branch);
    if (known !== undefined) return known;
    const found = await this.#forge.latestPullRequest(branch);
    if (found !== undefined && found.state !== 'open') remember(this.#ended, branch, found);
    return found;
  }

  async approvals(pullRequest: PullRequest): Promise<readonly string[]> {
    const { number, commit, version } = pullRequest;
    const key = `${number} ${commit} ${version}`;
    return (
      this.#approvals.get(key) ?? remember(this.#approvals, key, await this.#forge.approvals(pullRequest))
    );
  }

  async statuses(commit: string): Promise<readonly CommitStatus[]> {
    return this.#statuses.get(commit) ?? remember(this.#statuses, commit, await this.#forge.statuses(commit));
  }

  async authors(revision: string): Promise<readonly string[]> {
    return (
      this.#authors.get(revision) ?? remember(this.#authors, revision, await this.#forge.authors(revision))
    );
  }

  async open(pullRequest: NewPullRequest): Promise<void> {
    this.#ended.delete(pullRequest.branch);
    await this.#forge.open(pullRequest);
  }

  edit(number: number, text: Pick<PullRequest, 'title' | 'body'>): Promise<void> {
    return this.#forge.edit(number, text);
  }

  comment(number: number, text: string): Promise<void> {
    return this.#forge.comment(number, text);
  }

  async close(number: number): Promise<void> {
    this.#ended.clear();
    await this.#forge.close(number);
  }

  async setStatus(commit: string, status: CommitStatus): Promise<void> {
    await this.#forge.setStatus(commit, status);
    const others = (this.#statuses.get(commit) ?? []).filter(({ context }) => context !== status.context);
    remember(this.#statuses, commit, [...others, status]);
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  if (map.size >= KEPT) map.clear();
  map.set(key, value);
  return value;
}
