import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivate } from '../embedded/write-private.ts';
import type { KindPaths } from './names.ts';

const secretsSchema = z.strictObject({
  /** With which delivery engines read the repository. */
  gitToken: z.string().min(32),
  /** With which Submariner encrypts its tunnels. */
  submarinerPsk: z.string().min(32),
});

/** Secrets that are made once for a fleet on this machine. */
export type LocalSecrets = z.infer<typeof secretsSchema>;

/** Reads the secrets of a fleet, or makes them; mode 0600. */
export async function localSecrets({ home }: KindPaths): Promise<LocalSecrets> {
  const file = join(home, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return secretsSchema.parse(JSON.parse(text));
  const secrets = { gitToken: newSecret(32), submarinerPsk: newSecret(64) };
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writePrivate(file, `${JSON.stringify(secrets)}\n`);
  return secrets;
}

function newSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
