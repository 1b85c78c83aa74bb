import { expect, it } from 'vitest';
import { backoffDelay, formatGoDuration, parseGoDuration } from './backoff.ts';

it('grows by its factor up to its maximum', () => {
  const backoff = { first: 5_000, factor: 2, max: 30_000 };
  expect([1, 2, 3, 4, 9].map((failures) => backoffDelay(backoff, failures))).toEqual([
    5_000, 10_000, 20_000, 30_000, 30_000,
  ]);
});

it.each([
  ['5s', 5_000],
  ['3m0s', 180_000],
  ['1h30m', 5_400_000],
  ['250ms', 250],
  ['1.5s', 1_500],
  ['7', 7_000],
  ['', undefined],
  ['soon', undefined],
])('reads the duration %j as %j milliseconds', (text, expected) => {
  expect(parseGoDuration(text)).toBe(expected);
});

it.each([
  [300_000, '5m0s'],
  [3_600_000, '1h0m0s'],
  [2_500, '2.5s'],
])('writes %i milliseconds as %s', (milliseconds, expected) => {
  expect(formatGoDuration(milliseconds)).toBe(expected);
});
