import { hmac, sameText } from './hmac.ts';
import type { WebhookRequest, WebhookVerifier } from './verify-webhook.ts';

/** Seconds that a signed webhook may be late or early; what standardwebhooks.com's own libraries allow. */
const TOLERANCE = 5 * 60;

/**
 * GitLab: with a signing token the headers of Standard Webhooks (`webhook-id`, `webhook-timestamp` and
 * `webhook-signature`), otherwise the secret itself in `X-Gitlab-Token` (docs.gitlab.com, "Webhooks").
 * `Idempotency-Key` stays the same when GitLab tries again.
 */
export const gitlab: WebhookVerifier = {
  forge: 'gitlab',
  claims: ({ header }) => header('webhook-signature') !== undefined || header('x-gitlab-token') !== undefined,
  verify(request, secret, now) {
    if (request.header('webhook-signature') !== undefined) return isSigned(request, secret, now);
    return sameText(request.header('x-gitlab-token') ?? '', secret);
  },
  delivery: ({ header }) => header('webhook-id') ?? header('idempotency-key'),
};

/** Signatures are `v1,<base64>`, separated by spaces while a secret is being replaced. */
function isSigned({ header, body }: WebhookRequest, secret: string, now: number): boolean {
  const id = header('webhook-id') ?? '';
  const timestamp = header('webhook-timestamp') ?? '';
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE) return false;
  const expected = standardSignature(secret, { id, timestamp, body });
  const given = (header('webhook-signature') ?? '').split(' ').slice(0, 10);
  return given.some((signature) => sameText(signature, expected));
}

/**
 * The signature of Standard Webhooks (github.com/standard-webhooks/standard-webhooks): the HMAC of
 * `<id>.<timestamp>.<body>`; a secret that begins with `whsec_` is the key in base64.
 */
export function standardSignature(
  secret: string,
  message: { readonly id: string; readonly timestamp: string; readonly body: string },
): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  return `v1,${hmac(key, `${message.id}.${message.timestamp}.${message.body}`).toString('base64')}`;
}
