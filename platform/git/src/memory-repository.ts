import { type Commit, parseCommit, serializeCommit } from './commit-codec.ts';
import { editTree, type TreeEdit } from './edit-tree.ts';
import { GitError, RefConflictError } from './git-error.ts';
import { type ObjectType, objectId } from './object-writer.ts';
import { isRefName } from './ref-name.ts';
import type { RefTransactionOptions, RefUpdate } from './ref-transaction.ts';
import type { Ref, Repository } from './repository.ts';
import { inTreeOrder, serializeTree, type TreeEntry } from './tree-codec.ts';

/** One object, decoded; it never changes under its id. */
type MemoryObject =
  | { readonly type: 'blob'; readonly content: Buffer }
  | { readonly type: 'tree'; readonly entries: readonly TreeEntry[] }
  | { readonly type: 'commit'; readonly commit: Commit };

/** What several {@link MemoryRepository} share, as several processes share a git directory. */
export class MemoryStore {
  readonly objects = new Map<string, MemoryObject>();
  readonly refs = new Map<string, string>();
  /** `<ref> <oid>` → who moved it there last. A clone has none, as in git. */
  readonly movers = new Map<string, string>();

  /** A copy that later changes of either do not reach, as a clone is. */
  clone(): MemoryStore {
    const copy = new MemoryStore();
    for (const [oid, object] of this.objects) copy.objects.set(oid, object);
    for (const [name, oid] of this.refs) copy.refs.set(name, oid);
    return copy;
  }
}

/**
 * A {@link Repository} in memory, with the object ids of git. Knows full ref names, branch names and whole ids;
 * abbreviations are left to git.
 */
export class MemoryRepository implements Repository {
  readonly gitDir = '';
  readonly #store: MemoryStore;
  #pending = new Map<string, MemoryObject>();

  constructor(store: MemoryStore = new MemoryStore()) {
    this.#store = store;
  }

  async resolve(name: string): Promise<string | undefined> {
    const oid = this.#oidOf(name);
    return oid !== undefined && this.#stored(oid)?.type === 'commit' ? oid : undefined;
  }

  async listRefs(prefix: string): Promise<readonly Ref[]> {
    const refs = [...this.#store.refs].filter(([name]) => name === prefix || name.startsWith(folder(prefix)));
    return refs.map(([name, oid]) => ({ name, oid })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async whoMoved(ref: string, to: string): Promise<string | undefined> {
    return this.#store.movers.get(`${ref} ${to}`);
  }

  async listTree(
    name: string,
    options: { readonly recursive?: boolean } = {},
  ): Promise<readonly TreeEntry[]> {
    const entries = this.#tree(name) ?? [];
    return options.recursive === true ? this.#below(entries) : entries;
  }

  async readBlobs(oids: readonly string[]): Promise<readonly Buffer[]> {
    return oids.map((oid) => {
      const object = this.#object(oid);
      if (object?.type !== 'blob') throw new GitError(['cat-file'], `no blob ${oid}`);
      return object.content;
    });
  }

  async readFile(name: string): Promise<Buffer | undefined> {
    const oid = name.includes(':') ? this.#entryAt(name)?.oid : name;
    const object = oid === undefined ? undefined : this.#stored(oid);
    return object?.type === 'blob' ? object.content : undefined;
  }

  async readCommit(oid: string): Promise<Commit> {
    const object = this.#object(oid);
    if (object?.type !== 'commit') throw new GitError(['cat-file'], `no commit ${oid}`);
    return object.commit;
  }

  writeBlob(content: Buffer | string): string {
    const bytes = Buffer.from(content);
    return this.#add('blob', bytes, { type: 'blob', content: bytes });
  }

  writeTree(entries: readonly TreeEntry[]): string {
    const sorted = inTreeOrder(entries);
    return this.#add('tree', serializeTree(sorted), { type: 'tree', entries: sorted });
  }

  writeCommit(commit: Commit): string {
    const raw = serializeCommit(commit);
    return this.#add('commit', raw, { type: 'commit', commit: parseCommit(raw) });
  }

  async editTree(root: string | undefined, edits: ReadonlyMap<string, TreeEdit>): Promise<string> {
    const store = {
      readTree: async (oid: string) => {
        const object = this.#object(oid);
        if (object?.type !== 'tree') throw new GitError(['cat-file'], `no tree ${oid}`);
        return object.entries;
      },
      writeTree: this.writeTree.bind(this),
    };
    return (await editTree(store, root, edits)) ?? this.writeTree([]);
  }

  async flush(): Promise<void> {
    for (const [oid, object] of this.#pending) this.#store.objects.set(oid, object);
    this.#pending = new Map();
  }

  async commitRefs(updates: readonly RefUpdate[], options: RefTransactionOptions): Promise<void> {
    await this.flush();
    const { refs, objects, movers } = this.#store;
    for (const { ref, from, to } of updates) {
      if (!isRefName(ref)) throw new TypeError(`not a ref name: ${JSON.stringify(ref)}`);
      if (to !== undefined && !objects.has(to)) throw new GitError(['update-ref'], `no object ${to}`);
      if (refs.get(ref) !== from)
        throw new RefConflictError(
          `a ref moved in the meantime: ${ref} is at ${refs.get(ref)} but expected ${from}`,
        );
    }
    for (const { ref, from, to } of updates) {
      if (to === undefined) refs.delete(ref);
      else refs.set(ref, to);
      if (to !== from) movers.set(`${ref} ${to}`, options.identity?.name ?? 'drydock');
    }
  }

  async close(): Promise<void> {}

  #add(type: ObjectType, raw: Buffer, object: MemoryObject): string {
    const oid = objectId(type, raw);
    this.#pending.set(oid, object);
    return oid;
  }

  #object(oid: string): MemoryObject | undefined {
    return this.#pending.get(oid) ?? this.#store.objects.get(oid);
  }

  #stored(oid: string): MemoryObject | undefined {
    return this.#store.objects.get(oid);
  }

  #oidOf(name: string): string | undefined {
    const { refs, objects } = this.#store;
    return objects.has(name) ? name : (refs.get(name) ?? refs.get(`refs/heads/${name}`));
  }

  /** The entries of `<tree>`, `<commit>`, `<ref>` or `<any of them>:<path>`. */
  #tree(name: string): readonly TreeEntry[] | undefined {
    if (name.includes(':')) {
      const entry = this.#entryAt(name);
      return entry?.type === 'tree' ? this.#tree(entry.oid) : undefined;
    }
    const object = this.#object(this.#oidOf(name) ?? name);
    if (object?.type === 'commit') return this.#tree(object.commit.tree);
    return object?.type === 'tree' ? object.entries : undefined;
  }

  #entryAt(name: string): Pick<TreeEntry, 'type' | 'oid'> | undefined {
    const colon = name.indexOf(':');
    const path = name.slice(colon + 1);
    let entries = this.#tree(name.slice(0, colon));
    let entry: TreeEntry | undefined;
    for (const part of path.split('/')) {
      entry = entries?.find((candidate) => candidate.path === part);
      entries = entry?.type === 'tree' ? this.#tree(entry.oid) : undefined;
    }
    return entry;
  }

  #below(entries: readonly TreeEntry[]): readonly TreeEntry[] {
    return entries.flatMap((entry) => {
      if (entry.type !== 'tree') return [entry];
      const below = this.#below(this.#tree(entry.oid) ?? []);
      return below.map((child) => ({ ...child, path: `${entry.path}/${child.path}` }));
    });
  }
}

function folder(prefix: string): string {
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}
