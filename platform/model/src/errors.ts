/** Where a problem is, what was expected there, and what to do about it. */
export interface Problem {
  /** Path of the file from the root of the repository, with `/`. */
  readonly file: string;
  /** 1-based line, where it is known. */
  readonly line?: number | undefined;
  /** Path inside the document, for example `spec.clusters[1].name`. */
  readonly path?: string | undefined;
  /** What is wrong, in the form `expected …, got …` where that fits. */
  readonly message: string;
  /** What would mend it, for example `did you mean "cilium"?`. */
  readonly suggestion?: string | undefined;
}

/** Prints a problem on one line: `<file>:<line>: <path>: <message>, <suggestion>`. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const parts = [place, problem.path, problem.message].filter((part) => part !== undefined && part !== '');
  const text = parts.join(': ');
  return problem.suggestion === undefined ? text : `${text} (${problem.suggestion})`;
}

/** The base of Drydock's own errors. Branch on `name`; `retryable` says whether the same call may work later. */
export abstract class DrydockError extends Error {
  abstract override readonly name: string;
  readonly retryable: boolean = false;
}

/** What somebody wrote or typed is not acceptable. Carries every problem found, not only the first. */
export class InputError extends DrydockError {
  override readonly name = 'InputError';
  readonly problems: readonly Problem[];

  constructor(message: string, options: ErrorOptions & { readonly problems?: readonly Problem[] } = {}) {
    super(message, options);
    this.problems = options.problems ?? [];
  }
}

/** Something that was named does not exist. */
export class NotFoundError extends DrydockError {
  override readonly name = 'NotFoundError';
}

/** The state changed in the meantime, or forbids the request; looking again may help, repeating blindly does not. */
export class ConflictError extends DrydockError {
  override readonly name = 'ConflictError';
}

/** The caller is known and may not do this. */
export class ForbiddenError extends DrydockError {
  override readonly name = 'ForbiddenError';
}

/** A peer (git remote, cluster, forge, promoter) does not answer now; trying again may work. */
export class UnavailableError extends DrydockError {
  override readonly name = 'UnavailableError';
  override readonly retryable = true;
}
