import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchReader } from './batch-reader.ts';
import { type Commit, parseCommit, serializeCommit } from './commit-codec.ts';
import { editTree, type TreeEdit } from './edit-tree.ts';
import { GitError } from './git-error.ts';
import { type ObjectFormat, ObjectWriter } from './object-writer.ts';
import { packRefs } from './pack-refs.ts';
import { isRefName } from './ref-name.ts';
import { type RefTransactionOptions, type RefUpdate, updateRefs } from './ref-transaction.ts';
import type { RefCommitter } from './remote/remote-mirror.ts';
import type { Ref, Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { inTreeOrder, parseTree, serializeTree, type TreeEntry } from './tree-codec.ts';

export interface OpenRepositoryOptions {
  /** Added to git's environment, for example the quarantine of a `pre-receive` hook. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Who moves refs, for a copy of a repository elsewhere. Default: they are moved in the git directory itself. */
  readonly refs?: RefCommitter | undefined;
}

/** After so many new refs all are packed. */
const PACK_REFS_FROM = 64;
/** How many parsed trees are kept; a tree never changes under its id. */
const TREE_CACHE = 4_096;

/**
 * Opens a git directory (bare, or the `.git` of a clone).
 *
 * @throws GitError when there is none at that path
 */
export async function openRepository(
  gitDir: string,
  options: OpenRepositoryOptions = {},
): Promise<Repository> {
  await access(join(gitDir, 'HEAD')).catch((cause) => {
    throw new GitError(['open'], `not a git directory: ${gitDir}`, { cause });
  });
  const config = await readFile(join(gitDir, 'config'), 'utf8').catch(() => '');
  const format = /objectformat\s*=\s*sha256/i.test(config) ? 'sha256' : 'sha1';
  return new GitRepository(gitDir, format, options);
}

/** A {@link Repository} in a git directory, reached without a shell. */
class GitRepository implements Repository {
  readonly gitDir: string;
  readonly #refs: RefCommitter | undefined;
  readonly #reader: BatchReader;
  readonly #writer: ObjectWriter;
  readonly #idBytes: number;
  #newRefs = 0;
  readonly #trees = new Map<string, readonly TreeEntry[]>();

  constructor(gitDir: string, format: ObjectFormat, { env = {}, refs }: OpenRepositoryOptions) {
    this.gitDir = gitDir;
    this.#refs = refs;
    this.#reader = new BatchReader(gitDir, env);
    this.#writer = new ObjectWriter(gitDir, format);
    this.#idBytes = format === 'sha1' ? 20 : 32;
  }

  async resolve(name: string): Promise<string | undefined> {
    return (await this.#reader.read(`${name}^{commit}`))?.oid;
  }

  async listRefs(prefix: string): Promise<readonly Ref[]> {
    const format = '--format=%(objectname) %(refname)';
    const output = await runGit([`--git-dir=${this.gitDir}`, 'for-each-ref', format, prefix]);
    const lines = output.toString('utf8').split('\n').filter(Boolean);
    return lines.map((line) => {
      const space = line.indexOf(' ');
      return { oid: line.slice(0, space), name: line.slice(space + 1) };
    });
  }

  async whoMoved(ref: string, to: string): Promise<string | undefined> {
    if (!isRefName(ref)) return undefined;
    const reflog = await readFile(join(this.gitDir, 'logs', ref), 'utf8').catch(() => '');
    const line = reflog.split('\n').findLast((entry) => entry.split(' ', 2)[1] === to);
    return line === undefined ? undefined : /^\S+ \S+ (.*?) </.exec(line)?.[1];
  }

  async listTree(
    name: string,
    options: { readonly recursive?: boolean } = {},
  ): Promise<readonly TreeEntry[]> {
    const entries = (await this.#tree(name)) ?? [];
    if (options.recursive !== true) return entries;
    const nested = await Promise.all(
      entries.map(async (entry) => {
        if (entry.type !== 'tree') return [entry];
        const below = await this.listTree(entry.oid, options);
        return below.map((child) => ({ ...child, path: `${entry.path}/${child.path}` }));
      }),
    );
    return nested.flat();
  }

  async readBlobs(oids: readonly string[]): Promise<readonly Buffer[]> {
    return Promise.all(oids.map((oid) => this.#content(oid, 'blob')));
  }

  async readFile(name: string): Promise<Buffer | undefined> {
    const object = await this.#reader.read(name);
    return object?.type === 'blob' ? object.content : undefined;
  }

  async readCommit(oid: string): Promise<Commit> {
    return parseCommit(await this.#content(oid, 'commit'));
  }

  writeBlob(content: Buffer | string): string {
    return this.#writer.add('blob', Buffer.from(content));
  }

  writeTree(entries: readonly TreeEntry[]): string {
    const sorted = inTreeOrder(entries);
    const oid = this.#writer.add('tree', serializeTree(sorted));
    this.#remember(oid, sorted);
    return oid;
  }

  writeCommit(commit: Commit): string {
    return this.#writer.add('commit', serializeCommit(commit));
  }

  async editTree(root: string | undefined, edits: ReadonlyMap<string, TreeEdit>): Promise<string> {
    const store = {
      readTree: (oid: string) => this.#existingTree(oid),
      writeTree: this.writeTree.bind(this),
    };
    return (await editTree(store, root, edits)) ?? this.writeTree([]);
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }

  async commitRefs(updates: readonly RefUpdate[], options: RefTransactionOptions): Promise<void> {
    if (this.#refs === undefined) {
      const stored = this.flush();
      try {
        await updateRefs(this.gitDir, updates, { ...options, after: stored }); // git starts while objects are stored
      } finally {
        await stored;
      }
    } else {
      await this.flush();
      await this.#refs.commit(updates, options);
    }
    this.#newRefs += updates.filter(({ from, to }) => from === undefined && to !== undefined).length;
    if (this.#newRefs < PACK_REFS_FROM) return;
    this.#newRefs = 0;
    await packRefs(this.gitDir);
  }

  async close(): Promise<void> {
    this.#reader.close();
  }

  async #existingTree(oid: string): Promise<readonly TreeEntry[]> {
    const entries = await this.#tree(oid);
    if (entries === undefined) throw new GitError(['cat-file'], `no tree ${oid}`);
    return entries;
  }

  async #tree(name: string): Promise<readonly TreeEntry[] | undefined> {
    const known = this.#trees.get(name);
    if (known !== undefined) return known;
    const pending = this.#writer.pending(name);
    if (pending !== undefined) return parseTree(pending, this.#idBytes);
    const object = await this.#reader.read(name.includes(':') ? name : `${name}^{tree}`);
    if (object?.type !== 'tree') return undefined;
    const entries = parseTree(object.content, this.#idBytes);
    this.#remember(object.oid, entries);
    return entries;
  }

  #remember(oid: string, entries: readonly TreeEntry[]): void {
    this.#trees.set(oid, entries);
    if (this.#trees.size <= TREE_CACHE) return;
    const oldest = this.#trees.keys().next().value;
    if (oldest !== undefined) this.#trees.delete(oldest);
  }

  async #content(name: string, type: string): Promise<Buffer> {
    const pending = this.#writer.pending(name);
    if (pending !== undefined) return pending;
    const object = await this.#reader.read(name);
    if (object?.type !== type) throw new GitError(['cat-file'], `no ${type} ${name}`);
    return object.content;
  }
}
