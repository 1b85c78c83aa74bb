import type { RevisionSource, SourceFile, SourceTree } from './revision-source.ts';

/** A {@link RevisionSource} in memory, for tests: branches of commits, each commit a set of files. */
export class MemoryRevisions implements RevisionSource {
  readonly #branches = new Map<string, string>();
  readonly #commits = new Map<string, ReadonlyMap<string, string>>();
  readonly #texts: string[] = [];

  /** Makes a commit with exactly these files and moves a branch to it; answers with its id. */
  commit(branch: string, files: Readonly<Record<string, string>>): string {
    const id = `${this.#commits.size + 1}`.padStart(40, '0');
    this.#commits.set(id, new Map(Object.entries(files)));
    this.#branches.set(branch, id);
    return id;
  }

  async resolve(revision: string): Promise<string | undefined> {
    return this.#branches.get(revision) ?? (this.#commits.has(revision) ? revision : undefined);
  }

  async tree(commit: string, path: string): Promise<SourceTree | undefined> {
    const folder = path.replace(/^\.\/?/, '');
    const prefix = folder === '' ? '' : `${folder}/`;
    const below = [...(this.#commits.get(commit) ?? [])].filter(([name]) => name.startsWith(prefix));
    if (below.length === 0) return undefined;
    const files = below.map(([name, text]) => ({ path: name.slice(prefix.length), oid: this.#store(text) }));
    return { treeId: JSON.stringify(files), files };
  }

  async read(files: readonly SourceFile[]): Promise<readonly string[]> {
    return files.map((file) => this.#texts[Number(file.oid)] ?? '');
  }

  async close(): Promise<void> {}

  #store(text: string): string {
    const known = this.#texts.indexOf(text);
    return String(known >= 0 ? known : this.#texts.push(text) - 1);
  }
}
