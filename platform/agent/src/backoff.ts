/** Exponential waiting, in milliseconds. */
export interface Backoff {
  readonly first: number;
  readonly factor: number;
  readonly max: number;
}

/** How long to wait before the attempt after `failures` failed ones (1 or more). */
export function backoffDelay(backoff: Backoff, failures: number): number {
  return Math.min(backoff.max, backoff.first * backoff.factor ** Math.max(0, failures - 1));
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a Go duration such as `5s`, `3m0s` or `1m30s`; a plain number counts as seconds, as in Argo CD's
 * `retry.backoff`. `undefined` when it is neither.
 */
export function parseGoDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (units[unit ?? ''] ?? 0);
  }
  return total;
}

/** Writes milliseconds as Go does, for example `5m0s`, `1h0m0s` or `2.5s`. */
export function formatGoDuration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = `${(milliseconds % 60_000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
