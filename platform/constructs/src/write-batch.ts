/** Ends a path or a content; neither YAML nor paths can hold it. */
export const END = '\0';

/** What the writing thread is told. */
export interface WriteBatch {
  readonly root: string;
  /** Path below the root, content, path, content …, each ended by {@link END}: one string is passed fastest. */
  readonly files: string;
}
