import { hmac, sameText } from './hmac.ts';
import type { WebhookRequest, WebhookVerifier } from './verify-webhook.ts';

/**
 * Gitea and Forgejo: the HMAC of the body in hexadecimal, without a prefix, as `X-Gitea-Signature` and, from Forgejo,
 * as `X-Forgejo-Signature` (docs.gitea.com and forgejo.org/docs, "Webhooks"). There is no timestamp.
 */
export const gitea: WebhookVerifier = {
  forge: 'gitea',
  claims: (request) => signatureOf(request) !== undefined,
  verify: (request, secret) =>
    sameText(signatureOf(request) ?? '', hmac(secret, request.body).toString('hex')),
  delivery: ({ header }) => header('x-forgejo-delivery') ?? header('x-gitea-delivery'),
};

function signatureOf({ header }: WebhookRequest): string | undefined {
  return header('x-forgejo-signature') ?? header('x-gitea-signature');
}
