import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signWebhook } from './github.ts';
import { standardSignature } from './gitlab.ts';
import { verifyWebhook } from './verify-webhook.ts';

const SECRET = 'a secret that both sides know';
const BODY = '{"ref":"refs/heads/main"}';
const NOW = Date.UTC(2026, 5, 1);
const SECONDS = String(NOW / 1_000);
const HEX = createHmac('sha256', SECRET).update(BODY).digest('hex');

const request = (headers: Record<string, string>, body = BODY) => ({
  body,
  header: (name: string) => headers[name],
});
const signed = (over: Partial<{ id: string; timestamp: string }> = {}) => ({
  'webhook-id': 'd1',
  'webhook-timestamp': SECONDS,
  'webhook-signature': standardSignature(SECRET, { id: 'd1', timestamp: SECONDS, body: BODY, ...over }),
});

describe('verifyWebhook', () => {
  it.each([
    ['github', { 'x-hub-signature-256': signWebhook(SECRET, BODY), 'x-github-delivery': 'd1' }],
    ['gitea', { 'x-gitea-signature': HEX, 'x-gitea-delivery': 'd1', 'x-github-delivery': 'd2' }],
    ['gitea', { 'x-forgejo-signature': HEX, 'x-forgejo-delivery': 'd1', 'x-gitea-signature': 'x' }],
    ['gitlab', { 'x-gitlab-token': SECRET, 'idempotency-key': 'd1' }],
    ['gitlab', signed()],
    ['gitlab', { ...signed(), 'webhook-signature': `v1,b2xk ${signed()['webhook-signature']}` }],
  ])('believes a webhook of %s', (forge, headers) => {
    expect(verifyWebhook(request(headers), SECRET, NOW)).toEqual({ forge, delivery: 'd1' });
  });

  it.each([
    ['no proof at all', {}],
    ['an empty signature', { 'x-hub-signature-256': '' }],
    ['the signature of another secret', { 'x-hub-signature-256': signWebhook('other', BODY) }],
    ['the signature of another body', { 'x-gitea-signature': HEX.replace(/^./, 'g') }],
    ['another token', { 'x-gitlab-token': `${SECRET}!` }],
    ['a signed id that was changed', { ...signed(), 'webhook-id': 'd2' }],
    ['a signed time that was changed', { ...signed(), 'webhook-timestamp': String(NOW / 1_000 + 1) }],
    ['a time that is no number', { ...signed(), 'webhook-timestamp': '1e9' }],
    [
      'a right proof of one forge beside a wrong one of another',
      {
        'x-gitea-signature': 'wrong',
        'x-hub-signature-256': signWebhook(SECRET, BODY),
      },
    ],
  ])('refuses %s', (_title, headers) => {
    expect(verifyWebhook(request(headers), SECRET, NOW)).toBeUndefined();
  });

  it('refuses a signed webhook after five minutes, and one from the future', () => {
    expect(verifyWebhook(request(signed()), SECRET, NOW + 300_000)).toBeDefined();
    expect(verifyWebhook(request(signed()), SECRET, NOW + 301_000)).toBeUndefined();
    expect(verifyWebhook(request(signed()), SECRET, NOW - 301_000)).toBeUndefined();
  });

  it('takes a signing token in base64 as the key it stands for', () => {
    const token = `whsec_${Buffer.from(SECRET).toString('base64')}`;
    expect(verifyWebhook(request(signed()), token, NOW)).toMatchObject({ forge: 'gitlab' });
  });

  it('agrees with the example of the specification of Standard Webhooks', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      body: '{"test": 2432232314}',
    };
    expect(standardSignature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});
