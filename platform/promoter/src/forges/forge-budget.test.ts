import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ForgeBudget } from './forge-budget.ts';

it('stays below 80 calls in any minute and 500 in any hour, however greedy the caller is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 40 }), (pauses) => {
      let now = Date.UTC(2026, 5, 1);
      const start = now;
      const budget = new ForgeBudget({ now: () => now });
      const taken: number[] = [];
      for (let turn = 0; now < start + 2 * 3_600_000; turn += 1) {
        while (budget.take() === 0) taken.push(now);
        now += Math.max(pauses[turn % pauses.length] ?? 0, 500);
      }
      for (const [window, limit] of [
        [60_000, 80],
        [3_600_000, 500],
      ] as const) {
        let first = 0;
        for (const [index, at] of taken.entries()) {
          while ((taken[first] ?? 0) <= at - window) first += 1;
          expect(index - first + 1).toBeLessThan(limit);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('gives nothing before the time that the forge has named', () => {
  let now = 0;
  const budget = new ForgeBudget({ now: () => now });
  budget.closeUntil(90_000);
  budget.closeUntil(10_000);
  expect(budget.take()).toBe(90_000);
  now = 90_000;
  expect(budget.take()).toBe(0);
});
