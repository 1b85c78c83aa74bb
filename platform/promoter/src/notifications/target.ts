import { UnavailableError } from '@drydock/model';
import type { Clock } from '../ports.ts';
import { standardSignature } from '../webhooks/gitlab.ts';
import { type Notice, noticeText } from './notice.ts';

/** Where notices are sent. */
export interface Target {
  /** Names it in messages and in what is kept. */
  readonly name: string;
  /**
   * @returns whether it was taken; false when the target will never take this one
   * @throws UnavailableError when it may take it later
   */
  send(notice: Notice): Promise<boolean>;
}

export interface TargetOptions {
  readonly name: string;
  /** Asked each time; it is a secret with chat services. */
  readonly url: () => Promise<string>;
  readonly fetch?: typeof fetch | undefined;
}

export interface WebhookTargetOptions extends TargetOptions {
  /** Key of the signature; one that begins with `whsec_` is in base64. */
  readonly secret: () => Promise<string>;
  readonly clock: Clock;
}

const TIMEOUT = 10_000;

/**
 * Sends notices as JSON, signed as Standard Webhooks describes it (github.com/standard-webhooks/standard-webhooks):
 * `webhook-id` is the id of the notice, the same on every attempt, by which the receiver tells repetitions.
 */
export function webhookTarget({ name, url, secret, clock, fetch }: WebhookTargetOptions): Target {
  return {
    name,
    async send(notice) {
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const data = { ...notice, text: noticeText(notice) };
      const body = JSON.stringify({ type: `drydock.${notice.outcome}`, timestamp: notice.at, data });
      const signature = standardSignature(await secret(), { id: notice.id, timestamp, body });
      const headers = {
        'webhook-id': notice.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature,
      };
      return post({ name, url: await url(), fetch }, body, headers);
    },
  };
}

const MARK = {
  promoted: '🚢',
  'rolled-back': '↩️',
  degraded: '🔥',
  failed: '⛔',
  waiting: '✋',
} as const;

/** Sends notices to an incoming webhook of Slack, or of what understands the same (Mattermost, Rocket.Chat …). */
export function slackTarget({ name, url, fetch }: TargetOptions): Target {
  return {
    name,
    async send(notice) {
      const text = `${MARK[notice.outcome]} ${escapeText(noticeText(notice))}`;
      return post({ name, url: await url(), fetch }, JSON.stringify({ text }), {});
    },
  };
}

/** The three characters that mean something (docs.slack.dev, "Formatting message text"): no mention, no link. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

async function post(
  { name, url, fetch: ask = fetch }: { name: string; url: string; fetch?: typeof fetch | undefined },
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  const response = await ask(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'user-agent': 'drydock', ...headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch(() => {
    throw new UnavailableError(`the notification target "${name}" does not answer`);
  });
  await response.body?.cancel();
  if (response.ok) return true;
  if ([400, 413, 422].includes(response.status)) return false;
  throw new UnavailableError(`the notification target "${name}" answers with status ${response.status}`);
}
