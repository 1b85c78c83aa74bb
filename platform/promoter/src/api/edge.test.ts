import { describe, expect, it } from 'vitest';
import { tokenAuthenticator } from '../access/authenticator.ts';
import { silentLogger } from '../ports.ts';
import type { Promoter } from '../promoter.ts';
import { RateLimiter } from '../rate/rate-limiter.ts';
import { signWebhook } from '../webhooks/github.ts';
import { type CreateApiOptions, createApi } from './create-api.ts';

const SECRET = 'known to the forge and to us';
const NOW = Date.UTC(2026, 5, 1);

/** The API around a promoter that does nothing but count. */
function start(over: Partial<CreateApiOptions> = {}) {
  const calls: string[] = [];
  const promoter = {
    notify: () => void calls.push('notify'),
    snapshot: async () => ({ fleet: undefined }),
  } as unknown as Promoter;
  const clock = { now: () => NOW };
  const app = createApi({
    promoter,
    repository: {} as CreateApiOptions['repository'],
    authenticator: tokenAuthenticator([
      { name: 'ada', token: 'a' },
      { name: 'ben', token: 'b' },
    ]),
    webhookSecret: SECRET,
    clock,
    logger: silentLogger,
    ...over,
  });
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const push = (body: string, headers: Record<string, string> = {}) =>
    app.request('/hooks/push', {
      method: 'POST',
      body,
      headers: { 'x-hub-signature-256': signWebhook(SECRET, body), ...headers },
    });
  return { app, as, calls, clock, push };
}

describe('webhooks', () => {
  it('makes the promoter look, once for each delivery', async () => {
    const { calls, push } = start();
    expect((await push('{"after":"1"}')).status).toBe(202);
    expect((await push('{"after":"1"}')).status).toBe(409);
    expect((await push('{"after":"2"}')).status).toBe(202);
    expect(calls).toEqual(['notify', 'notify']);
  });

  it('does nothing for a forged one, or where no secret is set', async () => {
    const { calls, push } = start();
    expect((await push('{}', { 'x-hub-signature-256': signWebhook('guess', '{}') })).status).toBe(403);
    expect((await start({ webhookSecret: undefined }).push('{}')).status).toBe(403);
    expect(calls).toEqual([]);
  });

  it('takes a long list of commits, and refuses what is longer than any', async () => {
    const { push } = start();
    expect((await push('x'.repeat(1024 * 1024))).status).toBe(202);
    expect((await push('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  });
});

describe('limits', () => {
  it('answers a user who asks too often with the time to wait, and others as ever', async () => {
    const { clock } = start();
    const { app, as } = start({ limiter: new RateLimiter({ capacity: 2, perSecond: 0.1 }, clock) });
    const ask = (token: string) => app.request('/api/v1/whoami', as(token));
    expect([(await ask('a')).status, (await ask('a')).status]).toEqual([200, 200]);
    const refused = await ask('a');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await ask('b')).status).toBe(200);
  });

  it('only answers questions where another replica acts', async () => {
    const { app, as } = start({ mayAct: () => false });
    expect((await app.request('/api/v1/whoami', as('a'))).status).toBe(200);
    const path = '/api/v1/environments/prod/freeze';
    expect((await app.request(path, { method: 'PUT', ...as('a') })).status).toBe(503);
  });

  it('shows metrics where there are any', async () => {
    const metrics = { contentType: 'text/plain; version=0.0.4', render: async () => 'up 1\n' };
    const answer = await start({ metrics }).app.request('/metrics');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(await answer.text()).toBe('up 1\n');
    expect((await start().app.request('/metrics')).status).toBe(404);
  });
});
