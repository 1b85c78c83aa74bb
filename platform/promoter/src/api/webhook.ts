import { ConflictError, ForbiddenError } from '@drydock/model';
import type { Context } from 'hono';
import type { Clock } from '../ports.ts';
import type { SeenDeliveries } from '../webhooks/seen-deliveries.ts';
import { verifyWebhook } from '../webhooks/verify-webhook.ts';

/** Most bytes of a webhook. Forges send one entry for each commit of a push. */
export const WEBHOOK_LIMIT = 1024 * 1024;

export interface WebhookOptions {
  readonly promoter: { notify(): void };
  readonly clock: Clock;
  readonly webhookSecret?: string | undefined;
  readonly seen: SeenDeliveries;
}

/**
 * Takes the news of a push from any forge. It carries nothing that is acted upon: the promoter looks at the repository
 * itself, so a lost or late one does no harm.
 *
 * @throws ForbiddenError without a proof that somebody who knows the secret has sent it
 * @throws ConflictError when it was here before
 */
export async function receiveWebhook(
  context: Context,
  { promoter, clock, webhookSecret, seen }: WebhookOptions,
): Promise<Response> {
  const body = await context.req.text();
  if (webhookSecret === undefined) throw new ForbiddenError('webhooks are not configured here');
  const request = { body, header: (name: string) => context.req.header(name) };
  const verified = verifyWebhook(request, webhookSecret, clock.now());
  if (verified === undefined) throw new ForbiddenError('the webhook carries no signature that fits its body');
  if (!seen.add(verified.delivery, body)) throw new ConflictError('this webhook was delivered before');
  promoter.notify();
  return context.body(null, 202);
}
