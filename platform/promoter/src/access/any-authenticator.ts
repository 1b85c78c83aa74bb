import type { Authenticator } from './authenticator.ts';

/** Asks one authenticator after the other; the first that knows the token answers. */
export function anyAuthenticator(authenticators: readonly Authenticator[]): Authenticator {
  return {
    async authenticate(token) {
      for (const authenticator of authenticators) {
        const identity = await authenticator.authenticate(token);
        if (identity !== undefined) return identity;
      }
      return undefined;
    },
  };
}
