/** Tells the time; milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Calls back later, once. */
export interface Timer {
  /** @returns the function that calls it off */
  start(milliseconds: number, fire: () => void): () => void;
}

export const systemTimer: Timer = {
  start(milliseconds, fire) {
    const timeout = setTimeout(fire, milliseconds);
    return () => clearTimeout(timeout);
  },
};

type Fields = Readonly<Record<string, unknown>>;

/** Where outcomes are reported: a message and fields. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
