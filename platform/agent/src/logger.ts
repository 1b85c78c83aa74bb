/** What a log line carries besides its message. Never put a secret here. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the agent reports what it did: one info line per outcome of a reconcile. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const ignore = (): void => {};

/** The default: says nothing. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
