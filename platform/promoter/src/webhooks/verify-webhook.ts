import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';

/** A webhook as it came in; `header` is asked by lower-case name. */
export interface WebhookRequest {
  readonly body: string;
  header(name: string): string | undefined;
}

/** What a forge signs its webhooks with, and how. */
export interface WebhookVerifier {
  readonly forge: string;
  /** Whether the request carries what this forge sends as its proof, right or wrong. */
  claims(request: WebhookRequest): boolean;
  /** Whether the proof is right, checked in constant time. @param now milliseconds since the epoch */
  verify(request: WebhookRequest, secret: string, now: number): boolean;
  /** The forge's id of this delivery, where it sends one; no proof of anything. */
  delivery(request: WebhookRequest): string | undefined;
}

/** Gitea and Forgejo send GitHub's headers beside their own, so they are asked first. */
export const VERIFIERS: readonly WebhookVerifier[] = [gitlab, gitea, github];

/** A webhook that was believed. */
export interface VerifiedWebhook {
  readonly forge: string;
  readonly delivery: string | undefined;
}

/**
 * Finds out whether somebody who knows the secret has sent a webhook. The first forge whose proof is there decides; a
 * wrong proof of one is not mended by a right one of another.
 */
export function verifyWebhook(
  request: WebhookRequest,
  secret: string,
  now: number,
): VerifiedWebhook | undefined {
  const verifier = VERIFIERS.find((candidate) => candidate.claims(request));
  if (verifier === undefined || !verifier.verify(request, secret, now)) return undefined;
  return { forge: verifier.forge, delivery: verifier.delivery(request) };
}
