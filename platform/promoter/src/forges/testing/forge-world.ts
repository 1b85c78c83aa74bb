import type { CommitStatus, Forge } from '../forge.ts';

export interface WorldPull {
  readonly number: number;
  readonly branch: string;
  readonly base: string;
  readonly fork: boolean;
  commit: string;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  mergedBy?: string;
  version: number;
  readonly comments: string[];
  readonly reviews: {
    readonly by: string;
    readonly commit: string;
    readonly verdict: 'approve' | 'reject' | 'comment';
  }[];
}

/** What a forge knows, whichever forge it is; fake servers show it in their own words. */
export class ForgeWorld {
  /** Branch → commit, as it was pushed. */
  readonly branches = new Map<string, string>();
  /** Where a branch is that is not among {@link branches}. */
  resolve: (branch: string) => string | undefined = () => undefined;
  readonly pulls: WorldPull[] = [];
  readonly statuses: { readonly commit: string; readonly status: CommitStatus }[] = [];
  /** Revision → who wrote it, and who opened its pull request. */
  readonly authors = new Map<string, { readonly author: string; readonly opener?: string }>();
  /** When set, every request is answered like this. */
  refusal:
    | { readonly status: number; readonly headers: Record<string, string>; readonly body: object }
    | undefined;
  /** Requests as `<method> <path>`. */
  readonly requests: string[] = [];

  openPull(branch: string, text: { base: string; title: string; body: string; fork?: boolean }): WorldPull {
    const pull: WorldPull = {
      number: this.pulls.length + 1,
      branch,
      base: text.base,
      fork: text.fork ?? false,
      commit: this.branches.get(branch) ?? this.resolve(branch) ?? '0'.repeat(40),
      title: text.title,
      body: text.body,
      state: 'open',
      version: 1,
      comments: [],
      reviews: [],
    };
    this.pulls.push(pull);
    return pull;
  }

  /** A person looks at a pull request as it is. */
  review(number: number, by: string, verdict: 'approve' | 'reject' | 'comment', commit?: string): void {
    const pull = this.pull(number);
    pull.reviews.push({ by, commit: commit ?? pull.commit, verdict });
    pull.version += 1;
  }

  pull(number: number): WorldPull {
    const found = this.pulls.find((pull) => pull.number === number);
    if (found === undefined) throw new Error(`no pull request ${number}`);
    return found;
  }
}

/** A fake forge that answers over HTTP, and the adapter that speaks to it. */
export interface RunningForge {
  readonly world: ForgeWorld;
  readonly forge: Forge;
  /** Address of the server. */
  readonly url: string;
  close(): Promise<void>;
}
