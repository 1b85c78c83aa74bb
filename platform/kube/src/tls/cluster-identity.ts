import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from './certificates.ts';

/** What a cluster is known by; kept in its data folder. */
export interface ClusterIdentity {
  readonly authority: string;
  readonly server: KeyPair;
  readonly token: string;
}

/** Makes the data folder of a cluster, for its owner only. */
export function prepareFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
}

/** Reads the identity of a cluster, or makes one at its first start. Keys and token are readable by their owner only. */
export async function clusterIdentity(dataDir: string, name: string, now: number): Promise<ClusterIdentity> {
  const path = join(dataDir, 'identity.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as ClusterIdentity;
  // Loaded at the first start only: later ones have their certificates already.
  const { createAuthority, createServerCertificate } = await import('./certificates.ts');
  const authority = await createAuthority(name, now);
  const server = await createServerCertificate(authority, now);
  const identity: ClusterIdentity & { readonly authorityKey: string } = {
    authority: authority.certificate,
    authorityKey: authority.key,
    server,
    token: randomBytes(32).toString('base64url'),
  };
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
  return identity;
}
