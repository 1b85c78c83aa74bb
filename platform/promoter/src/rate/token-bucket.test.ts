import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';
import { TokenBucket } from './token-bucket.ts';

function fakeClock() {
  let time = 1_000_000;
  return {
    now: () => time,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

describe('TokenBucket', () => {
  it('gives what it holds at once, and then as fast as it fills', () => {
    const clock = fakeClock();
    const bucket = new TokenBucket({ capacity: 2, perSecond: 0.5 }, clock);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 2_000]);
    clock.pass(2_000);
    expect([bucket.take(), bucket.take()]).toEqual([0, 2_000]);
  });

  it('gives nothing for a clock that goes back', () => {
    const clock = fakeClock();
    const bucket = new TokenBucket({ capacity: 1, perSecond: 1 }, clock);
    bucket.take();
    clock.pass(-60_000);
    expect(bucket.take()).toBe(1_000);
  });

  it('never gives more in any window than it says', () => {
    const size = { capacity: 5, perSecond: 0.5 };
    const window = 60_000;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 }), (pauses) => {
        const clock = fakeClock();
        const bucket = new TokenBucket(size, clock);
        const taken: number[] = [];
        for (const pause of pauses) {
          clock.pass(pause);
          if (bucket.take() === 0) taken.push(clock.now());
        }
        for (const from of taken) {
          const inside = taken.filter((at) => at >= from && at < from + window);
          expect(inside.length).toBeLessThanOrEqual(size.capacity + (size.perSecond * window) / 1_000);
        }
      }),
    );
  });
});

describe('RateLimiter', () => {
  it('counts each caller for itself', () => {
    const limiter = new RateLimiter({ capacity: 1, perSecond: 1 }, fakeClock());
    expect([limiter.take('ada'), limiter.take('ada'), limiter.take('ben')]).toEqual([0, 1_000, 0]);
  });
});
