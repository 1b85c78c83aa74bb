import { createRepository } from '../create-repository.ts';
import { GitError, RefConflictError } from '../git-error.ts';
import { isRefName } from '../ref-name.ts';
import type { RefTransactionOptions, RefUpdate } from '../ref-transaction.ts';
import { runGit } from '../run-git.ts';
import { clearLocks } from './clear-locks.ts';
import { readPushReport } from './push-report.ts';
import { type Remote, runRemoteGit, unavailable } from './remote-git.ts';

/** Where ref transactions are decided, when that is not the git directory itself. */
export interface RefCommitter {
  /** All refs move, or none. @throws RefConflictError when one was somewhere else */
  commit(updates: readonly RefUpdate[], options: RefTransactionOptions): Promise<void>;
}

export interface RemoteMirrorOptions extends Remote {
  /** Folder of the copy; made when it is not there. Nothing in it is worth keeping. */
  readonly gitDir: string;
  /** Prefixes of the refs that are copied. @default ['refs/heads/', 'refs/drydock/'] */
  readonly prefixes?: readonly string[] | undefined;
}

/**
 * A local copy of a repository elsewhere, in which everything is read and prepared. Refs are moved at the other side
 * first, in one atomic push that says where each has to be, and here only after it has agreed.
 */
export class RemoteMirror implements RefCommitter {
  readonly gitDir: string;
  readonly #remote: Remote;
  readonly #prefixes: readonly string[];
  #queue: Promise<unknown> = Promise.resolve();

  /** Makes the copy, or goes on with the one that is there. Nothing is fetched yet. */
  static async open(options: RemoteMirrorOptions): Promise<RemoteMirror> {
    await createRepository(options.gitDir);
    return new RemoteMirror(options);
  }

  private constructor(options: RemoteMirrorOptions) {
    const { gitDir, prefixes = ['refs/heads/', 'refs/drydock/'] } = options;
    this.gitDir = gitDir;
    this.#remote = options;
    this.#prefixes = prefixes;
  }

  /** Brings in where all refs are now, whatever they were here. @throws RemoteUnavailableError */
  pull(): Promise<void> {
    return this.#alone(() => this.#fetch());
  }

  /**
   * Moves refs at the other side. A ref that only has to stay (`from` equals `to`) is compared with what the other side
   * says when the push begins; git's protocol has nothing that would hold it until the end.
   *
   * @throws RefConflictError when somebody else was faster; the copy knows then where the refs are
   * @throws RemoteUnavailableError when there is no answer; whether the refs have moved shows at the next pull
   * @throws GitError when the other side refuses, for example because a branch is protected
   */
  commit(updates: readonly RefUpdate[]): Promise<void> {
    return this.#alone(async () => {
      const pushed = updates.filter(({ from, to }) => from !== undefined || to !== undefined);
      if (pushed.length > 0) await this.#push(pushed);
      const moved = pushed.filter(({ from, to }) => from !== to);
      const lines = moved.map(({ ref, to }) => (to === undefined ? `delete ${ref}` : `update ${ref} ${to}`));
      const input = `${lines.join('\n')}\n`;
      await this.#unlocked(() => runGit(this.#args(['update-ref', '--stdin']), { input }));
    });
  }

  async #fetch(): Promise<void> {
    const flags = ['--quiet', '--no-tags', '--prune', '--atomic', '--no-write-fetch-head', '--no-auto-gc'];
    const refspecs = this.#prefixes.map((prefix) => `+${prefix}*:${prefix}*`);
    const args = this.#args(['fetch', ...flags, this.#remote.url, ...refspecs]);
    try {
      await this.#unlocked(() => runRemoteGit(this.#remote, args));
    } catch (cause) {
      throw unavailable(this.#remote, cause);
    }
  }

  async #push(updates: readonly RefUpdate[]): Promise<void> {
    const stray = updates.find(({ ref }) => !isRefName(ref));
    if (stray !== undefined) throw new TypeError(`not a ref name: ${JSON.stringify(stray.ref)}`);
    const leases = updates.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
    const refspecs = updates.map(({ ref, to }) => `${to ?? ''}:${ref}`);
    const args = ['push', '--porcelain', '--atomic', '--no-verify', ...leases, this.#remote.url, ...refspecs];
    const output = await runRemoteGit(this.#remote, this.#args(args), { accept: [0, 1] }).catch((cause) => {
      throw unavailable(this.#remote, cause);
    });
    const result = readPushReport(output);
    if (result?.state === 'moved') return;
    if (result?.state === 'refused')
      throw new GitError(['push'], `${this.#remote.url} refuses: ${result.reasons.join('; ')}`);
    await this.#fetch();
    throw new RefConflictError(`a ref moved in the meantime: ${result?.reasons.join('; ') ?? 'no report'}`);
  }

  /** Runs a command, and once more without the locks that a killed process has left. */
  async #unlocked(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof GitError) || !error.stderr.includes('.lock')) throw error;
      if ((await clearLocks(this.gitDir)) === 0) throw error;
      await run();
    }
  }

  #args(args: readonly string[]): readonly string[] {
    return [`--git-dir=${this.gitDir}`, ...args];
  }

  /** One at a time: a fetch between a push and its echo here would undo the echo. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}
