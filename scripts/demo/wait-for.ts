import { setTimeout as sleep } from 'node:timers/promises';

const POLL = 50;
const LIMIT = 60_000;

/** Waits until something is so. @throws Error that says what was seen last */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + LIMIT;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`waited ${LIMIT / 1000} s for ${what}; last seen: ${JSON.stringify(seen)}`);
    await sleep(POLL);
  }
}
