/** One file or other entry of a repository tree. */
export interface FileEntry {
  /** Path from the root, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** Bytes, where the source knows them before reading. */
  readonly size?: number | undefined;
}

/**
 * Where the files of a fleet come from: a folder, or a tree of a git repository. The loader asks it for what lies
 * below `clusters/`, `addons/` and `workloads/` and never for anything else.
 */
export interface FileSource {
  /** Every entry below the given folders, sorted by path; a missing folder is empty. */
  list(folders: readonly string[]): Promise<readonly FileEntry[]>;
  /** The content of files, in the order of `paths`. */
  read(paths: readonly string[]): Promise<readonly Uint8Array[]>;
}
