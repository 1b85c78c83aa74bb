import { createHash, timingSafeEqual } from 'node:crypto';
import type { Identity } from './identity.ts';

/** Finds out who presents a bearer token; undefined for a token that is nobody's. */
export interface Authenticator {
  authenticate(token: string): Promise<Identity | undefined>;
}

/** A token of the local fleet. */
export interface UserToken {
  readonly name: string;
  readonly token: string;
  readonly groups?: readonly string[] | undefined;
}

/** Tokens that were made at `up`, compared without telling by time how much of one was right. */
export function tokenAuthenticator(tokens: readonly UserToken[]): Authenticator {
  const known = tokens.map(({ name, token, groups = [] }) => ({
    identity: { name, groups },
    digest: digest(token),
  }));
  return {
    async authenticate(token) {
      const given = digest(token);
      return known.find((entry) => timingSafeEqual(entry.digest, given))?.identity;
    },
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
