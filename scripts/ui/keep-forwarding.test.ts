import { describe, expect, it } from 'vitest';
import { keepForwarding } from './keep-forwarding.ts';

/** Runs forwards that live this long each, and ends with the last. */
async function forwardFor(lives: readonly number[]) {
  const controller = new AbortController();
  const waits: number[] = [];
  let now = 0;
  let count = 0;
  const forward = async () => {
    now += lives[count] ?? 0;
    count += 1;
    if (count === lives.length) controller.abort();
  };
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  const lost = (milliseconds: number) => void waits.push(milliseconds);
  await keepForwarding(forward, { signal: controller.signal, sleep, now: () => now, lost });
  return { count, waits };
}

describe('keeping a port-forward', () => {
  it('starts it again when it ends, and stops with the signal', async () => {
    expect((await forwardFor([1, 1, 1])).count).toBe(3);
  });

  it('waits longer while it ends at once, and not after a good one', async () => {
    expect((await forwardFor([1, 1, 1, 60_000, 1])).waits).toEqual([1_000, 2_000, 4_000, 500]);
  });

  it('never waits longer than ten seconds', async () => {
    expect(Math.max(...(await forwardFor(Array(12).fill(1))).waits)).toBe(10_000);
  });
});
