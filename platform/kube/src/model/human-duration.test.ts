import { expect, it } from 'vitest';
import { humanDuration } from './human-duration.ts';

it.each([
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [190, '3m10s'],
  [3600, '60m'],
  [3 * 3600 + 60, '3h1m'],
  [20 * 3600, '20h'],
  [3 * 86400 + 7200, '3d2h'],
  [100 * 86400, '100d'],
  [800 * 86400, '2y70d'],
])('shows %i seconds as %s', (seconds, text) => {
  expect(humanDuration(seconds * 1000)).toBe(text);
});
