import type { MatrixView } from '@drydock/promoter';
import { testFleet, testProfile } from '../kind/test-fleet.ts';
import type { Tool } from '../tools/command.ts';
import { type Answer, recordedToolRunner } from '../tools/recorded-tool-runner.ts';
import type { DoctorContext, LiveFleet, Machine, Network } from './doctor-context.ts';

const GIB = 2 ** 30;

/** What a test changes of a machine on which nothing is wrong. */
export interface DoctorSetting {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly missing?: readonly Tool[];
  readonly machine?: Partial<Machine>;
  readonly network?: Partial<Network>;
  /** Path → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Path → permission bits. */
  readonly modes?: Readonly<Record<string, number>>;
  readonly env?: DoctorContext['env'];
  readonly profile?: object;
  readonly live?: readonly LiveFleet[];
  readonly fleet?: DoctorContext['fleet'] | 'broken';
}

export const NOW = Date.parse('2026-06-01T12:00:00Z');

const ANSWERS: Readonly<Record<string, Answer>> = {
  'docker --version': 'Docker version 28.2.2, build e6534b4\n',
  'docker info': JSON.stringify({ NCPU: 8, MemTotal: 32 * GIB, CgroupVersion: '2' }),
  'kind version': 'kind v0.33.0 go1.26.8 linux/amd64\n',
  'helm version': 'v3.22.0+g1234567\n',
  'kubectl version': '{"clientVersion": {"gitVersion": "v1.34.1"}}\n',
  'git --version': 'git version 2.39.5\n',
};

const FILES: Readonly<Record<string, string>> = {
  '/fleet/mise.toml': '[tools]\nkind = "0.33.0"\nhelm = "3.22.0"\nkubectl = "1.34.0"\n',
  '/proc/sys/fs/inotify/max_user_watches': '524288\n',
  '/proc/sys/fs/inotify/max_user_instances': '512\n',
  '/proc/sys/net/ipv6/conf/all/disable_ipv6': '0\n',
};

/** A machine on which nothing is wrong, and what a test makes wrong of it. */
export async function doctorContext(setting: DoctorSetting = {}): Promise<DoctorContext> {
  const files: Readonly<Record<string, string>> = { ...FILES, ...setting.files };
  const broken = setting.fleet === 'broken';
  return {
    root: '/fleet',
    fleet: setting.fleet === 'broken' ? undefined : (setting.fleet ?? (await testFleet())),
    problems: broken ? [{ file: 'clusters/dev/cluster.yaml', line: 3, message: 'expected a name' }] : [],
    profile: testProfile(setting.profile),
    tools: recordedToolRunner({ ...setting.answers, ...ANSWERS, ...setting.answers }, setting.missing),
    machine: {
      platform: 'linux',
      node: 'v24.21.0',
      cpus: () => 8,
      memory: () => ({ total: 32 * GIB, available: 32 * GIB }),
      diskFree: async () => 500 * GIB,
      networks: () => [{ name: 'eth0', cidr: '192.168.1.20/24' }],
      ...setting.machine,
    },
    files: {
      read: async (path) => files[path],
      mode: async (path) => (path in files ? (setting.modes?.[path] ?? 0o100600) : undefined),
      list: async (folder) =>
        Object.keys(files).flatMap((path) => {
          const name = path.slice(folder.length + 1);
          return path.startsWith(`${folder}/`) && !name.includes('/') ? [name] : [];
        }),
    },
    network: {
      resolves: async () => true,
      isFree: async () => true,
      time: async () => new Date(NOW),
      ...setting.network,
    },
    env: setting.env ?? {},
    now: NOW,
    live: setting.live ?? [],
  };
}

/** A fleet that runs, and of which the promoter sees these rows. */
export function liveFleet(
  rows: MatrixView['rows'] = [],
  {
    parts = [],
    hydration,
  }: { parts?: Awaited<ReturnType<LiveFleet['parts']>>; hydration?: MatrixView['hydration'] } = {},
): LiveFleet {
  const environments = [
    { name: 'dev', after: [], clusters: ['dev'] },
    { name: 'prod', after: ['dev'], clusters: ['hub'] },
  ];
  const view = {
    asOf: new Date(NOW).toISOString(),
    environments,
    rows,
    total: rows.length,
    page: 1,
    pageSize: 500,
  };
  return {
    provider: 'embedded',
    matrix: async () => ({ ...view, ...(hydration && { hydration }) }),
    parts: async () => parts,
  };
}
