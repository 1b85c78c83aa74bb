/** One field that is wrong, as `Status.details.causes` lists it. */
export interface StatusCause {
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

/** The `details` of a Status. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** What an error is about: a resource (plural) or kind, and mostly a name. */
export interface StatusSubject {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
}

/**
 * An answer that is not success, in the words of the API: code, reason and details of
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails;

  constructor(code: number, reason: string, message: string, details: StatusDetails = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The Status object that goes over the wire. */
  toStatus(): Record<string, unknown> {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      details: this.details,
      code: this.code,
    };
  }
}

/** 400: the request cannot be understood. */
export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** 404 for one named object. */
export function notFound(subject: StatusSubject, name: string): StatusError {
  const details = { name, group: subject.group, kind: subject.plural };
  return new StatusError(404, 'NotFound', `${qualified(subject)} "${name}" not found`, details);
}

/** 404 for a path that nothing serves. */
export function noSuchPath(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource');
}

/** 405: the resource exists, the verb does not. */
export function methodNotAllowed(message: string): StatusError {
  return new StatusError(405, 'MethodNotAllowed', message);
}

/** 409, reason AlreadyExists. */
export function alreadyExists(subject: StatusSubject, name: string): StatusError {
  const details = { name, group: subject.group, kind: subject.plural };
  return new StatusError(409, 'AlreadyExists', `${qualified(subject)} "${name}" already exists`, details);
}

/** 409, reason Conflict: somebody else wrote first, or a precondition does not hold. */
export function conflict(subject: StatusSubject, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(subject)} "${name}": ${why}`;
  return new StatusError(409, 'Conflict', message, { name, group: subject.group, kind: subject.plural });
}

/** 422 with every field that is wrong. */
export function invalid(subject: StatusSubject, name: string, causes: readonly StatusCause[]): StatusError {
  const kind = subject.group === '' ? subject.kind : `${subject.kind}.${subject.group}`;
  const texts = causes.map((cause) => (cause.field ? `${cause.field}: ${cause.message}` : cause.message));
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const details = { name, group: subject.group, kind: subject.kind, causes };
  return new StatusError(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, details);
}

/** 410: the history that was asked for is gone; list again. */
export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}

function qualified(subject: StatusSubject): string {
  return subject.group === '' ? subject.plural : `${subject.plural}.${subject.group}`;
}
