/** One file below the folder that was asked for. */
export interface SourceFile {
  /** Path relative to that folder, with `/`. */
  readonly path: string;
  readonly oid: string;
}

/** A folder of a commit. `treeId` changes exactly when any file in it does. */
export interface SourceTree {
  readonly treeId: string;
  readonly files: readonly SourceFile[];
}

/** Reads manifests from one repository. */
export interface RevisionSource {
  /** The commit that a branch, a tag, a full ref, `HEAD` or a commit id means; `undefined` when there is none. */
  resolve(revision: string): Promise<string | undefined>;
  /** The regular files below a folder; `undefined` when the folder does not exist in that commit. */
  tree(commit: string, path: string): Promise<SourceTree | undefined>;
  read(files: readonly SourceFile[]): Promise<readonly string[]>;
  close(): Promise<void>;
}
