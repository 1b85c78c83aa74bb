import { hmac, sameText } from './hmac.ts';
import type { WebhookVerifier } from './verify-webhook.ts';

/** The value of `X-Hub-Signature-256` for a body. */
export function signWebhook(secret: string, body: string): string {
  return `sha256=${hmac(secret, body).toString('hex')}`;
}

/**
 * GitHub: `X-Hub-Signature-256` is `sha256=` and the HMAC of the body, `X-GitHub-Delivery` a GUID; there is no
 * timestamp (docs.github.com, "Validating webhook deliveries").
 */
export const github: WebhookVerifier = {
  forge: 'github',
  claims: ({ header }) => header('x-hub-signature-256') !== undefined,
  verify: ({ header, body }, secret) =>
    sameText(header('x-hub-signature-256') ?? '', signWebhook(secret, body)),
  delivery: ({ header }) => header('x-github-delivery'),
};
