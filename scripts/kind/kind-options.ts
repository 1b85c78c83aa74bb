import type { OpenKindOptions, Topology } from '@drydock/fleet';
import { InputError } from '@drydock/model';
import { ROOT } from './entry.ts';

/** Options that every Kind script takes. */
export const kindFlags = {
  profile: { type: 'string', default: process.env.PROFILE ?? 'default' },
  topology: { type: 'string' },
  'git-address': { type: 'string' },
  output: { type: 'string', short: 'o', default: 'table' },
} as const;

export interface KindFlags {
  readonly profile: string;
  readonly topology?: string | undefined;
  readonly 'git-address'?: string | undefined;
}

const TOPOLOGIES: readonly Topology[] = ['hub-and-spoke', 'distributed', 'standalone'];

/** @throws InputError for a topology that does not exist */
export function kindOptions(flags: KindFlags): OpenKindOptions {
  const topology = TOPOLOGIES.find((name) => name === flags.topology);
  if (flags.topology !== undefined && topology === undefined) {
    throw new InputError(`--topology: expected one of ${TOPOLOGIES.join(', ')}, got "${flags.topology}"`);
  }
  return { root: ROOT, profile: flags.profile, topology, gitAddress: flags['git-address'] };
}
