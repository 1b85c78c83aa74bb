import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isName } from '@drydock/model';
import type { SecretReader } from './check-probe.ts';

/** Keys in a folder, one file each, named as the gates name them. */
export function folderSecrets(folder: string): SecretReader {
  return async (name) => {
    if (!isName(name)) return undefined;
    const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text?.trim();
  };
}
