import type { Commit } from './commit-codec.ts';
import type { TreeEdit } from './edit-tree.ts';
import type { RefTransactionOptions, RefUpdate } from './ref-transaction.ts';
import type { TreeEntry } from './tree-codec.ts';

/** A ref and where it points. */
export interface Ref {
  readonly name: string;
  readonly oid: string;
}

/**
 * The objects and refs of one repository, read and written without a working tree. Implementations: a git directory
 * ({@link openRepository}), and one in memory for tests and simulations; one contract suite runs over both.
 */
export interface Repository {
  /** The git directory; empty where there is none on disk. */
  readonly gitDir: string;

  /** The commit that a ref, branch or id stands for, or undefined. */
  resolve(name: string): Promise<string | undefined>;

  /** Every ref below a prefix such as `refs/heads/`, sorted by name. */
  listRefs(prefix: string): Promise<readonly Ref[]>;

  /** Who moved a ref to a commit, as its reflog tells; undefined where it does not. */
  whoMoved(ref: string, to: string): Promise<string | undefined>;

  /**
   * The entries of the tree that a name such as `<commit>:<path>` stands for; none where there is no such tree.
   * With `recursive` every file below it, with its path from there.
   */
  listTree(name: string, options?: { readonly recursive?: boolean }): Promise<readonly TreeEntry[]>;

  /** The contents of blobs, in the order of `oids`. @throws GitError when one is missing */
  readBlobs(oids: readonly string[]): Promise<readonly Buffer[]>;

  /** The content of a file such as `<commit>:<path>`, or undefined where there is none. */
  readFile(name: string): Promise<Buffer | undefined>;

  /** What a commit says. @throws GitError when there is no such commit */
  readCommit(oid: string): Promise<Commit>;

  /** Adds a file to what the next {@link flush} stores, and answers with its id. */
  writeBlob(content: Buffer | string): string;

  /** Adds a folder to what the next {@link flush} stores, and answers with its id. */
  writeTree(entries: readonly TreeEntry[]): string;

  /** Adds a commit to what the next {@link flush} stores, and answers with its id. */
  writeCommit(commit: Commit): string;

  /** The tree that results when some paths of `root` are replaced or removed; the empty tree when nothing is left. */
  editTree(root: string | undefined, edits: ReadonlyMap<string, TreeEdit>): Promise<string>;

  /** Stores what was written since the last time. */
  flush(): Promise<void>;

  /**
   * Stores what was written, then moves refs by compare and swap: either every ref was where it was expected and all
   * have moved, or none has.
   *
   * @throws RefConflictError when a ref was somewhere else, or is being moved by somebody else
   */
  commitRefs(updates: readonly RefUpdate[], options: RefTransactionOptions): Promise<void>;

  /** Lets go of what reading needed. */
  close(): Promise<void>;
}
