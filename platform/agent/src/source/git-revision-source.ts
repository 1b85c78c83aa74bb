import { InputError } from '@drydock/model';
import type { RevisionSource, SourceFile, SourceTree } from './revision-source.ts';

/** The part of a git repository that is read here; `Repository` of `@drydock/git` fits. */
export interface GitReader {
  resolve(name: string): Promise<string | undefined>;
  listTree(name: string, options?: { readonly recursive?: boolean }): Promise<readonly GitEntry[]>;
  readBlobs(oids: readonly string[]): Promise<readonly Buffer[]>;
  close(): Promise<void>;
}

interface GitEntry {
  readonly type: string;
  readonly oid: string;
  readonly path: string;
}

/** A {@link RevisionSource} over a git directory on this machine. */
export class GitRevisionSource implements RevisionSource {
  readonly #git: GitReader;

  constructor(git: GitReader) {
    this.#git = git;
  }

  async resolve(revision: string): Promise<string | undefined> {
    for (const name of candidates(revision)) {
      const commit = await this.#git.resolve(name);
      if (commit !== undefined) return commit;
    }
    return undefined;
  }

  async tree(commit: string, path: string): Promise<SourceTree | undefined> {
    const names = pathNames(path);
    let treeId = commit;
    for (const name of names) {
      const entries = await this.#git.listTree(treeId);
      const entry = entries.find((candidate) => candidate.path === name && candidate.type === 'tree');
      if (entry === undefined) return undefined;
      treeId = entry.oid;
    }
    const entries = await this.#git.listTree(treeId, { recursive: true });
    const odd = entries.find((entry) => entry.type === 'symlink' || entry.type === 'submodule');
    if (odd !== undefined) {
      throw new InputError(`${[...names, odd.path].join('/')} is a ${odd.type}, which is not followed`);
    }
    return { treeId, files: entries.map(({ path: file, oid }) => ({ path: file, oid })) };
  }

  async read(files: readonly SourceFile[]): Promise<readonly string[]> {
    const blobs = await this.#git.readBlobs(files.map((file) => file.oid));
    return blobs.map((blob) => blob.toString('utf8'));
  }

  async close(): Promise<void> {
    await this.#git.close();
  }
}

/** In Argo CD's order: a branch before a tag before anything that git itself understands. */
function candidates(revision: string): readonly string[] {
  if (revision === '' || revision === 'HEAD') return ['HEAD'];
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(revision)) return [revision];
  if (!/^[\w][\w./+@-]*$/.test(revision) || revision.includes('..') || revision.includes('@{')) return [];
  if (revision.startsWith('refs/')) return [revision];
  return [`refs/heads/${revision}`, `refs/tags/${revision}`];
}

function pathNames(path: string): readonly string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (path.startsWith('/') || names.includes('..')) {
    throw new InputError(`the path "${path}" leads out of the repository`);
  }
  return names;
}
