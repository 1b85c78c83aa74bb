/** Tells the time; milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

type Fields = Readonly<Record<string, unknown>>;

/** Where outcomes are reported: a message and fields. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
