const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** How long ago, in the largest unit that fits: `3d`, `2h`, `5m`, `12s`. */
export function age(from: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - from) / 1_000));
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
  return `${Math.floor(seconds / size)}${unit}`;
}

/** When it opens: `in 5m`, or `now`. */
export function until(time: number, now: number): string {
  return time <= now ? 'now' : `in ${age(now, time)}`;
}
