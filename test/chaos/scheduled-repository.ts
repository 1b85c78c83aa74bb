import type { Commit, RefTransactionOptions, RefUpdate, Repository, TreeEdit, TreeEntry } from '@drydock/git';
import type { Turns } from './turns.ts';

/** Where a process dies while it writes. */
export type CrashPoint = 'before-objects' | 'before-refs' | 'between-refs' | 'after-refs';

/** What a {@link ScheduledRepository} tells its process. */
export interface RepositoryHooks {
  readonly owner: object;
  /** Where to die in this write, if at all; the process is dead when it has answered. */
  crashPoint(): CrashPoint | undefined;
  /** Refs were moved: all of a transaction, or, where the process died between them, the first ones. */
  moved(updates: readonly RefUpdate[]): Promise<void>;
  /** The process is dead from here on. */
  died(): void;
}

/**
 * A repository as one of many processes sees it: between any two looks at refs, and before each write, anybody else may
 * go first, and each write may be the last thing its process does. Objects never change, so reading them takes no turn.
 */
export class ScheduledRepository implements Repository {
  readonly gitDir: string;
  readonly #inner: Repository;
  readonly #turns: Turns;
  readonly #hooks: RepositoryHooks;

  constructor(inner: Repository, turns: Turns, hooks: RepositoryHooks) {
    this.gitDir = inner.gitDir;
    this.#inner = inner;
    this.#turns = turns;
    this.#hooks = hooks;
  }

  async resolve(name: string) {
    await this.#turnFor(name);
    return this.#turns.during(this.#inner.resolve(name));
  }

  async listRefs(prefix: string) {
    await this.#turns.take(this.#hooks.owner);
    return this.#turns.during(this.#inner.listRefs(prefix));
  }

  whoMoved(ref: string, to: string) {
    return this.#turns.during(this.#inner.whoMoved(ref, to));
  }

  async listTree(name: string, options?: { readonly recursive?: boolean }) {
    await this.#turnFor(name);
    return this.#turns.during(this.#inner.listTree(name, options));
  }

  readBlobs(oids: readonly string[]) {
    return this.#turns.during(this.#inner.readBlobs(oids));
  }

  async readFile(name: string) {
    await this.#turnFor(name);
    return this.#turns.during(this.#inner.readFile(name));
  }

  readCommit(oid: string) {
    return this.#turns.during(this.#inner.readCommit(oid));
  }

  writeBlob(content: Buffer | string): string {
    return this.#inner.writeBlob(content);
  }

  writeTree(entries: readonly TreeEntry[]): string {
    return this.#inner.writeTree(entries);
  }

  writeCommit(commit: Commit): string {
    return this.#inner.writeCommit(commit);
  }

  editTree(root: string | undefined, edits: ReadonlyMap<string, TreeEdit>) {
    return this.#turns.during(this.#inner.editTree(root, edits));
  }

  async flush(): Promise<void> {
    await this.#turns.take(this.#hooks.owner);
    return this.#turns.during(this.#inner.flush());
  }

  async commitRefs(updates: readonly RefUpdate[], options: RefTransactionOptions): Promise<void> {
    await this.#turns.take(this.#hooks.owner);
    return this.#turns.during(this.#commit(updates, options)).then(async () => {
      await this.#turns.take(this.#hooks.owner); // others see the refs before the writer has its answer
    });
  }

  async close(): Promise<void> {}

  async #turnFor(name: string): Promise<void> {
    if (name.startsWith('refs/')) await this.#turns.take(this.#hooks.owner);
  }

  async #commit(updates: readonly RefUpdate[], options: RefTransactionOptions): Promise<void> {
    const crash = this.#hooks.crashPoint();
    if (crash === 'before-objects') return this.#hooks.died();
    if (crash === 'before-refs') {
      await this.#inner.flush();
      return this.#hooks.died();
    }
    const done = crash === 'between-refs' ? half(updates) : updates;
    await this.#inner.commitRefs(done, options);
    await this.#hooks.moved(done.filter(({ from, to }) => from !== to));
    if (crash !== undefined) this.#hooks.died();
  }
}

/** What a transaction has moved when git dies in the middle of it: it has locked all refs, and renamed some. */
function half(updates: readonly RefUpdate[]): readonly RefUpdate[] {
  const moving = updates.filter(({ from, to }) => from !== to);
  const moved = new Set(moving.slice(0, Math.floor(moving.length / 2)));
  return updates.map((update) => (moved.has(update) ? update : { ...update, to: update.from }));
}
