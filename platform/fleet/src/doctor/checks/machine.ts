import type { Check } from '../check.ts';

const GIB = 2 ** 30;
/** Bytes that an embedded fleet wants at least: a few processes, and a git repository. */
const EMBEDDED = { memory: GIB, disk: GIB } as const;

export const diskCheck: Check = {
  name: 'disk',
  title: 'free disk space',
  codes: ['DRY122'],
  async run({ machine, root, profile }) {
    const free = await machine.diskFree(root);
    const wanted = (profile?.needs.diskGiB ?? 0) * GIB;
    if (free < EMBEDDED.disk) return [low('error', free, EMBEDDED.disk)];
    return free < wanted ? [low('warning', free, wanted)] : [];
  },
};

function low(severity: 'error' | 'warning', free: number, wanted: number) {
  const found = `${gib(free)} free, expected ${gib(wanted)}`;
  return {
    code: 'DRY122',
    severity,
    subject: 'disk',
    found,
    remedy: 'docker system prune, or a larger disk',
  };
}

export const memoryCheck: Check = {
  name: 'memory',
  title: 'free memory',
  codes: ['DRY123'],
  async run({ machine, profile, live }) {
    const { available } = machine.memory();
    const runs = live.some(({ provider }) => provider === 'kind');
    const wanted = runs ? 0 : (profile?.needs.memoryGiB ?? 0) * GIB;
    const limit = Math.max(wanted, EMBEDDED.memory);
    if (available >= limit) return [];
    const found = `${gib(available)} available, expected ${gib(limit)}`;
    const remedy =
      wanted > EMBEDDED.memory ? 'PROFILE=small make kind-up, or end other programs' : 'end other programs';
    return [{ code: 'DRY123', severity: 'warning', subject: 'memory', found, remedy }];
  },
};

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
