import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KindConfig } from './kind-config.ts';
import type { KindPaths } from './names.ts';

/**
 * Which clusters were made completely, and with which configuration: a file each, written when Kind is done. What Docker
 * shows without such a file was left half-made.
 */
export interface MadeClusters {
  /** Name → fingerprint of the configuration. */
  list(): Promise<ReadonlyMap<string, string>>;
  add(config: KindConfig): Promise<void>;
  remove(cluster: string): Promise<void>;
}

export function madeClusters({ made }: KindPaths): MadeClusters {
  return {
    async list() {
      const files = await readdir(made).catch(() => []);
      const entries = files.map(
        async (file) => [file, (await readFile(join(made, file), 'utf8')).trim()] as const,
      );
      return new Map(await Promise.all(entries));
    },
    async add(config) {
      await mkdir(made, { recursive: true });
      await writeFile(join(made, config.name), `${fingerprint(config)}\n`);
    },
    async remove(cluster) {
      await rm(join(made, cluster), { force: true });
    },
  };
}

/** Tells configurations apart. */
export function fingerprint(config: KindConfig): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 16);
}
