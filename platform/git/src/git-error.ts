/** A git command failed. Carries what it was asked and what it said. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly args: readonly string[];
  readonly stderr: string;

  constructor(args: readonly string[], stderr: string, options?: ErrorOptions) {
    super(`git ${args[0] ?? ''} failed: ${stderr.trim() || 'no message'}`, options);
    this.args = args;
    this.stderr = stderr;
  }
}

/** A ref was not where the transaction expected it; nothing was moved. Read again, decide again. */
export class RefConflictError extends Error {
  override readonly name = 'RefConflictError';
}
