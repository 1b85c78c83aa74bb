import { join } from 'node:path';
import type { KindPaths } from './names.ts';
import type { KindProfile } from './profile.ts';

/** A file that has to be there before the first command. */
export interface PlannedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * One `hosts.toml` a mirrored registry; the registry itself is asked when the mirror does not answer
 * (https://github.com/containerd/containerd/blob/main/docs/hosts.md).
 */
export function mirrorFiles({ mirrors }: KindProfile, paths: KindPaths): readonly PlannedFile[] {
  return Object.entries(mirrors).map(([registry, mirror]) => ({
    path: join(paths.mirrors, registry, 'hosts.toml'),
    content: `server = ${JSON.stringify(upstream(registry))}\n\n[host.${JSON.stringify(mirror)}]\n  capabilities = ["pull", "resolve"]\n`,
  }));
}

function upstream(registry: string): string {
  return registry === 'docker.io' ? 'https://registry-1.docker.io' : `https://${registry}`;
}
