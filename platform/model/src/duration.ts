import { z } from 'zod';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?$/;

/** A span of time such as `30s`, `15m`, `1h30m` or `2d`. Months and years are not spans and are refused. */
export const durationSchema = z
  .string()
  .refine(
    (text) => text !== '' && DURATION.test(text),
    'expected a duration such as "30s", "15m" or "1h30m"',
  );

/** The milliseconds of a {@link durationSchema duration}. */
export function durationMilliseconds(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([dhms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
}
