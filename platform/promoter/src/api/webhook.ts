import { createHmac, timingSafeEqual } from 'node:crypto';
import { ForbiddenError } from '@drydock/model';
import type { Context } from 'hono';
import type { Promoter } from '../promoter.ts';

export interface WebhookOptions {
  readonly promoter: Promoter;
  readonly webhookSecret?: string | undefined;
}

/**
 * Takes the news of a push. It carries nothing that is acted upon: the promoter looks at the repository itself, so a
 * repeated or late one does no harm. The signature is GitHub's `X-Hub-Signature-256`: `sha256=` and the HMAC of the body.
 */
export async function receiveWebhook(
  context: Context,
  { promoter, webhookSecret }: WebhookOptions,
): Promise<Response> {
  const body = await context.req.text();
  const given = Buffer.from(context.req.header('x-hub-signature-256') ?? '');
  if (webhookSecret === undefined) throw new ForbiddenError('webhooks are not configured here');
  const expected = Buffer.from(signWebhook(webhookSecret, body));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ForbiddenError('the signature of the webhook does not fit its body');
  }
  promoter.notify();
  return context.body(null, 202);
}

/** The value of `X-Hub-Signature-256` for a body. */
export function signWebhook(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
