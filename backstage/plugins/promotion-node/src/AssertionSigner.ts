import { readFile } from 'node:fs/promises';
import { SignJWT } from 'jose';

/** A user as the promoter knows them: names without namespaces. */
export interface PromoterUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** Seconds; the promoter refuses assertions that live longer than a minute. */
const LIFETIME = 30;

/**
 * Vouches for a user towards the promoter: a JWT that is signed with a key both sides share, for this one call.
 */
export class AssertionSigner {
  readonly #loadKey: () => Promise<Uint8Array>;

  private constructor(loadKey: () => Promise<Uint8Array>) {
    this.#loadKey = loadKey;
  }

  /** With the key in a file. It is read each time, so that a new key needs no restart. */
  static fromFile(path: string): AssertionSigner {
    return new AssertionSigner(async () => encode(await readFile(path, 'utf8')));
  }

  /** With a key that is at hand. */
  static fromSecret(secret: string): AssertionSigner {
    return new AssertionSigner(async () => encode(secret));
  }

  /** The bearer token for one call. */
  async sign({ name, groups }: PromoterUser): Promise<string> {
    return new SignJWT({ groups: [...groups] })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('drydock-portal')
      .setAudience('drydock-promoter')
      .setSubject(name)
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME}s`)
      .sign(await this.#loadKey());
  }
}

function encode(secret: string): Uint8Array {
  return new TextEncoder().encode(secret.trim());
}
