import { DrydockError, formatProblem, InputError } from '@drydock/model';
import { z } from 'zod';

/** An error as the API answers it: problem details of RFC 9457. */
export interface ProblemDetails {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Every problem that was found, one line each. */
  readonly problems?: readonly string[];
}

const STATUS: Readonly<Record<string, readonly [status: number, title: string]>> = {
  UnauthorizedError: [401, 'Unauthorized'],
  ForbiddenError: [403, 'Forbidden'],
  NotFoundError: [404, 'Not Found'],
  ConflictError: [409, 'Conflict'],
  InputError: [422, 'Unprocessable Content'],
  TooManyRequestsError: [429, 'Too Many Requests'],
  UnavailableError: [503, 'Service Unavailable'],
};

/** Turns an error into what the caller may know. What is not one of ours is an internal error without details. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof z.ZodError) {
    const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
    return { type: 'about:blank', title: 'Bad Request', status: 400, detail: problems.join('; '), problems };
  }
  if (isDiskFull(error)) {
    const detail = 'the disk of the promoter is full; nothing was changed';
    return { type: 'about:blank', title: 'Insufficient Storage', status: 507, detail };
  }
  const [status, title] = (error instanceof Error ? STATUS[error.name] : undefined) ?? [
    500,
    'Internal Server Error',
  ];
  const detail =
    status === 500 || !(error instanceof Error) ? 'the promoter failed; its log says why' : error.message;
  const problems = error instanceof InputError ? { problems: error.problems.map(formatProblem) } : {};
  return { type: 'about:blank', title, status, detail, ...problems };
}

/** Node's own error, or what git has said, here or in a cause. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /no space left on device/i.test(error.message) ||
    isDiskFull(error.cause)
  );
}

/** Somebody asks too often; the answer says when to come back. */
export class TooManyRequestsError extends DrydockError {
  override readonly name = 'TooManyRequestsError';
  override readonly retryable = true;
  /** Milliseconds. */
  readonly wait: number;

  constructor(user: string, wait: number) {
    super(`${user} asks too often, try again in ${Math.ceil(wait / 1_000)} s`);
    this.wait = wait;
  }
}
