/** Milliseconds to leave a forge alone when it says that it was asked too often, but not for how long. */
const AT_LEAST = 60_000;

type Headers = Readonly<Record<string, string | number | undefined>>;

/**
 * When a forge that has refused a request may be asked again: `Retry-After`, otherwise the time at which the used-up
 * budget is filled again, otherwise a minute (docs.github.com, "Rate limits for the REST API", "Exceeding the rate
 * limit"; docs.gitlab.com, "Rate limits", response headers).
 *
 * @returns milliseconds since the epoch; undefined when it was refused for another reason
 */
export function limitedUntil(
  {
    status,
    headers,
    message,
  }: { readonly status: number; readonly headers: Headers; readonly message: string },
  now: number,
): number | undefined {
  if (status !== 403 && status !== 429 && status !== 503) return undefined;
  const after = retryAfter(String(headers['retry-after'] ?? ''), now);
  if (after !== undefined) return after;
  const reset = Number(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']) * 1_000;
  const remaining = headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'];
  if (String(remaining) === '0' && Number.isFinite(reset)) return Math.max(reset, now + 1_000);
  return status === 429 || /rate limit/i.test(message) ? now + AT_LEAST : undefined;
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfter(value: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(value)) return now + Number(value) * 1_000;
  const date = Date.parse(value);
  return value === '' || Number.isNaN(date) ? undefined : Math.max(date, now + 1_000);
}
