import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { anyAuthenticator } from './any-authenticator.ts';
import { assertionAuthenticator } from './assertion-authenticator.ts';
import { tokenAuthenticator } from './authenticator.ts';

const KEY = 'k'.repeat(43);
const now = () => Math.floor(Date.now() / 1000);

interface Claims {
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  readonly key?: string;
}

function sign({ issuer, audience, subject = 'ada', issuedAt, expiresAt, key = KEY }: Claims = {}) {
  const at = issuedAt ?? now();
  return new SignJWT({ groups: ['payments'] })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer ?? 'drydock-portal')
    .setAudience(audience ?? 'drydock-promoter')
    .setSubject(subject)
    .setIssuedAt(at)
    .setExpirationTime(expiresAt ?? at + 30)
    .sign(new TextEncoder().encode(key));
}

describe('assertionAuthenticator', () => {
  const authenticator = assertionAuthenticator(`${KEY}\n`);

  it('believes a fresh assertion of the portal', async () => {
    const identity = await authenticator.authenticate(await sign());
    expect(identity).toEqual({ name: 'ada', groups: ['payments'] });
  });

  const refused: readonly (readonly [string, Claims])[] = [
    ['is signed with another key', { key: 'x'.repeat(43) }],
    ['comes from another issuer', { issuer: 'elsewhere' }],
    ['is meant for somebody else', { audience: 'argocd' }],
    ['has expired', { issuedAt: now() - 120, expiresAt: now() - 90 }],
    ['would live longer than a minute', { expiresAt: now() + 3_600 }],
    ['names nobody', { subject: '' }],
  ];
  it.each(refused)('refuses one that %s', async (_title, claims) => {
    expect(await authenticator.authenticate(await sign(claims))).toBeUndefined();
  });

  it('refuses one without a signature', async () => {
    const [, payload] = (await sign()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await authenticator.authenticate(`${header}.${payload}.`)).toBeUndefined();
  });

  it('does not start with a key that can be guessed', () => {
    expect(() => assertionAuthenticator('short')).toThrow('at least 32 bytes');
  });

  it('works beside tokens', async () => {
    const both = anyAuthenticator([tokenAuthenticator([{ name: 'grace', token: 'secret' }]), authenticator]);
    expect((await both.authenticate('secret'))?.name).toBe('grace');
    expect((await both.authenticate(await sign()))?.name).toBe('ada');
    expect(await both.authenticate('neither')).toBeUndefined();
  });
});
