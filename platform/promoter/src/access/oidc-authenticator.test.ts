import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type OidcOptions, oidcAuthenticator } from './oidc-authenticator.ts';

const ISSUER = 'https://login.example.com/realms/fleet';
const AUDIENCE = 'drydock';

let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let answers: Record<string, unknown>;
beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true });
  answers = {
    [`${ISSUER}/.well-known/openid-configuration`]: { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` },
    [`${ISSUER}/keys`]: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] },
  };
});

/** A provider that answers from a table; what is not there is unreachable. */
function provider(table = answers) {
  const asked: string[] = [];
  const ask = (async (url: string | URL | Request) => {
    asked.push(String(url));
    const answer = table[String(url)];
    if (answer === undefined) throw new TypeError('fetch failed');
    return Response.json(answer);
  }) as typeof fetch;
  return { asked, ask };
}

interface Token {
  readonly claims?: Record<string, unknown>;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string;
  readonly kid?: string;
}

const sign = (token: Token = {}, key = pair.privateKey) =>
  new SignJWT({ sub: 'u1', preferred_username: 'ada', groups: ['payments'], ...token.claims })
    .setProtectedHeader({ alg: 'ES256', kid: token.kid ?? 'k1' })
    .setIssuer(token.issuer ?? ISSUER)
    .setAudience(token.audience ?? AUDIENCE)
    .setExpirationTime(token.expires ?? '5m')
    .sign(key);

const authenticator = (over: Partial<OidcOptions> = {}) =>
  oidcAuthenticator({
    issuer: ISSUER,
    audience: AUDIENCE,
    userClaim: 'preferred_username',
    fetch: provider().ask,
    ...over,
  });

describe('oidcAuthenticator', () => {
  it('takes user and groups from the claims it is told', async () => {
    expect(await authenticator().authenticate(await sign())).toEqual({ name: 'ada', groups: ['payments'] });
    const other = authenticator({ userClaim: undefined, groupsClaim: 'roles', userPrefix: 'oidc:' });
    const token = await sign({ claims: { roles: 'admins' } });
    expect(await other.authenticate(token)).toEqual({ name: 'oidc:u1', groups: ['admins'] });
  });

  it('asks the issuer for its keys once', async () => {
    const { asked, ask } = provider();
    const subject = authenticator({ fetch: ask });
    await Promise.all([subject.authenticate(await sign()), subject.authenticate(await sign())]);
    await subject.authenticate(await sign());
    expect(asked).toEqual([`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
  });

  it('does not ask anybody about what is no token of the issuer', async () => {
    const { asked, ask } = provider();
    const subject = authenticator({ fetch: ask });
    for (const token of ['', 'secret', 'a.b.c', await sign({ issuer: 'https://other.example.com' })]) {
      expect(await subject.authenticate(token)).toBeUndefined();
    }
    expect(asked).toEqual([]);
  });

  it.each<[string, Token]>([
    ['for somebody else', { audience: 'grafana' }],
    ['that has expired', { expires: '-5m' }],
    ['without a user', { claims: { preferred_username: '' } }],
    ['whose groups are no names', { claims: { groups: [1] } }],
    ['of an unknown key', { kid: 'k2' }],
  ])('refuses a token %s', async (_title, token) => {
    expect(await authenticator().authenticate(await sign(token))).toBeUndefined();
  });

  it('refuses a token that another key has signed, and one that nobody has', async () => {
    const stranger = await generateKeyPair('ES256');
    expect(await authenticator().authenticate(await sign({}, stranger.privateKey))).toBeUndefined();
    const [, payload] = (await sign()).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await authenticator().authenticate(`${none}.${payload}.`)).toBeUndefined();
  });

  it('says that it cannot know when the issuer does not answer, and asks again the next time', async () => {
    const table: Record<string, unknown> = {};
    const subject = authenticator({ fetch: provider(table).ask });
    await expect(subject.authenticate(await sign())).rejects.toMatchObject({ name: 'UnavailableError' });
    Object.assign(table, answers);
    expect(await subject.authenticate(await sign())).toMatchObject({ name: 'ada' });
  });

  it('does not take the keys of an issuer that calls itself otherwise', async () => {
    const table = {
      ...answers,
      [`${ISSUER}/.well-known/openid-configuration`]: { issuer: 'https://evil', jwks_uri: `${ISSUER}/keys` },
    };
    const subject = authenticator({ fetch: provider(table).ask });
    await expect(subject.authenticate(await sign())).rejects.toMatchObject({ name: 'UnavailableError' });
  });
});
