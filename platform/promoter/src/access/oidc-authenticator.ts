import { UnavailableError } from '@drydock/model';
import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Authenticator } from './authenticator.ts';
import type { Identity } from './identity.ts';

export interface OidcOptions {
  /** `iss`, exactly; its keys are found at `<issuer>/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** What has to be in `aud`. */
  readonly audience: string;
  /** Claim that names the user. @default 'sub' */
  readonly userClaim?: string | undefined;
  /** Claim that lists the user's groups. @default 'groups' */
  readonly groupsClaim?: string | undefined;
  /** Put before the names of users, so that none is mistaken for a user of another source. @default '' */
  readonly userPrefix?: string | undefined;
  /** How the issuer is asked. @default fetch */
  readonly fetch?: typeof fetch | undefined;
  /** The issuer's keys, for tests. Default: asked from the issuer, and kept. */
  readonly keys?: JWTVerifyGetKey | undefined;
}

/** Asymmetric ones only: a key that verifies must not be one that signs. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_TOLERANCE = 30;
const TIMEOUT = 5_000;

const userSchema = z.string().min(1).max(200);
const groupsSchema = z.union([z.array(z.string().max(200)).max(500), z.string().max(200)]).optional();
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * Believes the tokens of an OpenID provider (OpenID Connect Core 1.0, section 3.1.3.7; discovery as in OpenID Connect
 * Discovery 1.0, section 4). Its keys are kept and asked for again when one is unknown.
 *
 * @throws UnavailableError from `authenticate` when the provider does not answer
 */
export function oidcAuthenticator(options: OidcOptions): Authenticator {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const load = () => {
    keys ??= options.keys === undefined ? discover(options) : Promise.resolve(options.keys);
    keys.catch(() => {
      keys = undefined;
    });
    return keys;
  };
  return {
    async authenticate(token) {
      if (issuerOf(token) !== options.issuer) return undefined;
      try {
        const { payload } = await jwtVerify(token, await load(), {
          algorithms: ALGORITHMS,
          issuer: options.issuer,
          audience: options.audience,
          requiredClaims: ['exp'],
          clockTolerance: CLOCK_TOLERANCE,
        });
        return identityOf(payload, options);
      } catch (error) {
        if (isAboutToken(error)) return undefined;
        throw unavailable(options.issuer, error);
      }
    },
  };
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function identityOf(payload: Readonly<Record<string, unknown>>, options: OidcOptions): Identity | undefined {
  const { userClaim = 'sub', groupsClaim = 'groups', userPrefix = '' } = options;
  const user = userSchema.safeParse(payload[userClaim]);
  const groups = groupsSchema.safeParse(payload[groupsClaim]);
  if (!user.success || !groups.success) return undefined;
  return { name: `${userPrefix}${user.data}`, groups: [groups.data ?? []].flat() };
}

async function discover(options: OidcOptions): Promise<JWTVerifyGetKey> {
  const { issuer, fetch: ask = fetch } = options;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await ask(url, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' });
  if (!response.ok) throw new Error(`expected a discovery document, got status ${response.status}`);
  const document = discoverySchema.parse(await response.json());
  if (document.issuer !== issuer) throw new Error(`expected the issuer itself, got "${document.issuer}"`);
  return createRemoteJWKSet(new URL(document.jwks_uri), { [customFetch]: ask, timeoutDuration: TIMEOUT });
}

/** Everything jose says is about the token, except that the keys could not be had. */
function isAboutToken(error: unknown): boolean {
  const aboutKeys = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  return error instanceof errors.JOSEError && !aboutKeys && error.code !== 'ERR_JOSE_GENERIC';
}

function unavailable(issuer: string, cause: unknown): UnavailableError {
  return new UnavailableError(`the keys of ${issuer} cannot be had now`, { cause });
}
