import type { CommitStatus, Forge, NewPullRequest, PullRequest } from '../forge.ts';
import type { ForgeWorld, WorldPull } from './forge-world.ts';

/** A forge without a network in between, which counts what it is asked. */
export class WorldForge implements Forge {
  readonly name = 'world';
  readonly calls: string[] = [];
  readonly #world: ForgeWorld;
  readonly #fetch: () => Promise<void>;

  /** @param fetch brings what was pushed into the world */
  constructor(world: ForgeWorld, fetch: () => Promise<void>) {
    this.#world = world;
    this.#fetch = fetch;
  }

  async openPullRequests(prefix: string): Promise<readonly PullRequest[]> {
    this.calls.push('list');
    await this.#fetch();
    return this.#world.pulls
      .filter(({ state, branch }) => state === 'open' && branch.startsWith(prefix))
      .map(show);
  }

  async latestPullRequest(branch: string): Promise<PullRequest | undefined> {
    this.calls.push('latest');
    const found = this.#world.pulls.findLast((pull) => pull.branch === branch);
    return found && show(found);
  }

  async approvals({ number, commit }: PullRequest): Promise<readonly string[]> {
    this.calls.push('approvals');
    const { reviews } = this.#world.pull(number);
    return reviews
      .filter((review) => review.commit === commit && review.verdict === 'approve')
      .map(({ by }) => by);
  }

  async statuses(): Promise<readonly CommitStatus[]> {
    this.calls.push('statuses');
    return [];
  }

  async authors(revision: string): Promise<readonly string[]> {
    this.calls.push('authors');
    return Object.values(this.#world.authors.get(revision) ?? {});
  }

  async open({ branch, ...text }: NewPullRequest): Promise<void> {
    this.calls.push('open');
    await this.#fetch();
    this.#world.openPull(branch, text);
  }

  async edit(number: number, text: Pick<PullRequest, 'title' | 'body'>): Promise<void> {
    this.calls.push('edit');
    Object.assign(this.#world.pull(number), text);
  }

  async comment(number: number, text: string): Promise<void> {
    this.calls.push('comment');
    this.#world.pull(number).comments.push(text);
  }

  async close(number: number): Promise<void> {
    this.calls.push('close');
    this.#world.pull(number).state = 'closed';
  }

  async setStatus(commit: string, status: CommitStatus): Promise<void> {
    this.calls.push('status');
    this.#world.statuses.push({ commit, status });
  }
}

function show(pull: WorldPull): PullRequest {
  const { number, branch, base, commit, title, body, state, mergedBy, version } = pull;
  return { number, branch, base, commit, title, body, state, mergedBy, version: String(version) };
}
