import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { Authenticator } from './authenticator.ts';

/** Who signs assertions, and for whom. */
export const ASSERTION_ISSUER = 'drydock-portal';
export const ASSERTION_AUDIENCE = 'drydock-promoter';

/** Seconds that an assertion may live at most, and that two clocks may differ. */
const MAX_AGE = 60;
const CLOCK_TOLERANCE = 5;

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  groups: z.array(z.string().min(1).max(200)).max(500).default([]),
  exp: z.number(),
  iat: z.number(),
});

/**
 * Believes the portal about who its user is: a JWT (RFC 7519) for one call, signed with a key that both sides share
 * (HS256), at most a minute old. Any other token is nobody's.
 */
export function assertionAuthenticator(key: string): Authenticator {
  const secret = new TextEncoder().encode(key.trim());
  if (secret.length < 32) throw new TypeError('expected a key of at least 32 bytes');
  return {
    async authenticate(token) {
      const payload = await verify(token, secret);
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success || claims.data.exp - claims.data.iat > MAX_AGE) return undefined;
      return { name: claims.data.sub, groups: claims.data.groups };
    },
  };
}

async function verify(token: string, secret: Uint8Array): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer: ASSERTION_ISSUER,
      audience: ASSERTION_AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp'],
      maxTokenAge: MAX_AGE,
      clockTolerance: CLOCK_TOLERANCE,
    });
    return payload;
  } catch {
    return undefined;
  }
}
