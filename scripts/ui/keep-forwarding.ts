/** Runs one port-forward until it ends by itself or by the signal. */
export type Forward = (signal: AbortSignal) => Promise<void>;

export interface KeepForwardingOptions {
  readonly signal: AbortSignal;
  /** Resolves after so many milliseconds, or at the signal. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  /** Told before each new try. */
  readonly lost: (milliseconds: number) => void;
}

/** Milliseconds before the next try; doubled while tries end at once. */
const FIRST = 500;
const MOST = 10_000;
/** A forward that lived this long was a good one. */
const GOOD = 30_000;

/** Keeps a port-forward going: pods restart, and kubectl ends when the one it talks to does. Ends with the signal. */
export async function keepForwarding(forward: Forward, options: KeepForwardingOptions): Promise<void> {
  const { signal, sleep, now, lost } = options;
  let wait = FIRST;
  while (!signal.aborted) {
    const began = now();
    await forward(signal);
    if (signal.aborted) return;
    wait = now() - began > GOOD ? FIRST : Math.min(wait * 2, MOST);
    lost(wait);
    await sleep(wait);
  }
}
