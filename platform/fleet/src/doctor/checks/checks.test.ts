import type { MatrixView, PlacementView } from '@drydock/promoter';
import { describe, expect, it } from 'vitest';
import { runChecks } from '../run-checks.ts';
import { type DoctorSetting, doctorContext, liveFleet, NOW } from '../test-context.ts';
import { CHECKS } from './index.ts';

const BOTH = ['embedded', 'kind'] as const;
const GIB = 2 ** 30;
const PS_ALL = "docker ps --all --no-trunc --filter label=io.x-k8s.kind.cluster --format '{{.Names}}\t";
const PS_OURS =
  "docker ps --all --no-trunc --filter label=io.x-k8s.kind.cluster --format '{{.Names}}' --filter";

function live(placement: Partial<PlacementView>, provider: 'embedded' | 'kind' = 'embedded'): DoctorSetting {
  return { live: [{ ...liveFleet([row({ dev: { placement } })]), provider }] };
}

interface Cell {
  readonly placement?: Partial<PlacementView>;
  readonly sequence?: number;
}

function row(cells: Readonly<Record<string, Cell>>): MatrixView['rows'][number] {
  return {
    unit: 'cilium',
    kind: 'Addon',
    cells: Object.entries(cells).map(([environment, { placement, sequence = 1 }]) => ({
      environment,
      release: release(sequence),
      placements: [
        {
          cluster: environment,
          release: 'r',
          revision: 'v',
          since: new Date(NOW - 3_600_000).toISOString(),
          cause: 'promotion',
          requestedBy: 'a',
          approvedBy: [],
          health: 'Healthy',
          synced: true,
          ...placement,
        },
      ],
      verdict: {
        unit: 'cilium',
        environment,
        action: 'wait',
        cause: 'promotion',
        clusters: [],
        gates: [],
        reasons: [{ code: 'approval', message: 'waits for approval' }],
        approvedBy: [],
      },
    })),
  };
}

function release(sequence: number) {
  const createdAt = new Date(NOW).toISOString();
  const id = `release-${sequence}`;
  return {
    id,
    unit: 'cilium',
    revision: id,
    name: id,
    subject: `change ${sequence}`,
    sequence,
    createdAt,
    requestedBy: 'a',
  };
}

async function find(setting: DoctorSetting) {
  return runChecks(CHECKS, await doctorContext(setting), { targets: BOTH });
}

describe('the doctor', () => {
  it('finds nothing on a machine on which nothing is wrong', async () => {
    const report = await find({
      live: [liveFleet([row({ dev: {}, prod: {} })])],
      answers: { 'git -C /fleet -c core.askPass=true ls-remote': 'abc\trefs/heads/main\n' },
    });
    expect(report.findings).toEqual([]);
    expect(report.checks.filter(({ status }) => status === 'skipped')).toEqual([]);
  });

  it.each<[string, string, DoctorSetting, string]>([
    ['DRY101', 'error', { missing: ['kind'] }, 'kind: not on PATH, version 0.33.0'],
    [
      'DRY102',
      'error',
      { answers: { 'helm version': 'v3.1.2\n' } },
      'helm: version 3.1.2, at least 3.13.0 is needed',
    ],
    [
      'DRY102',
      'warning',
      { answers: { 'kind version': 'kind v0.29.0\n' } },
      'kind: version 0.29.0, pinned is 0.33.0',
    ],
    ['DRY102', 'warning', { answers: { 'docker --version': 'no' } }, 'docker: its version is not known'],
    ['DRY102', 'error', { answers: { 'git --version': 'git version 2.30.1\n' } }, 'git: version 2.30.1'],
    ['DRY103', 'error', { machine: { node: 'v20.1.0' } }, 'node: version v20.1.0, expected 24'],
    [
      'DRY104',
      'warning',
      { answers: { 'kubectl version': '{"gitVersion": "v1.31.0"}' } },
      'dev, edge, hub: Kubernetes v1.34.0 with kubectl 1.31.0',
    ],
    [
      'DRY110',
      'error',
      { answers: { 'docker info': { exitCode: 1, stderr: 'Cannot connect to the Docker daemon\n' } } },
      'Cannot connect',
    ],
    [
      'DRY111',
      'warning',
      { profile: { needs: { cpus: 16, memoryGiB: 1, diskGiB: 1 } } },
      'docker processors: 8, profile "test" wants 16',
    ],
    [
      'DRY111',
      'warning',
      { profile: { needs: { cpus: 1, memoryGiB: 64, diskGiB: 1 } } },
      'docker memory: 32.0 GiB, profile "test" wants 64 GiB',
    ],
    [
      'DRY112',
      'error',
      { answers: { 'docker info': '{"NCPU":8,"MemTotal":99999999999,"CgroupVersion":"1"}' } },
      'cgroup: version 1',
    ],
    [
      'DRY120',
      'error',
      { files: { '/proc/sys/fs/inotify/max_user_instances': '128\n' } },
      'fs.inotify.max_user_instances: 128',
    ],
    [
      'DRY121',
      'error',
      {
        network: { isFree: async () => false },
        profile: { overrides: { dev: { ports: [{ host: 80, container: 30080 }] } } },
      },
      'port 80: somebody listens on 127.0.0.1 already, and cluster dev wants it',
    ],
    ['DRY122', 'error', { machine: { diskFree: async () => GIB / 2 } }, 'disk: 0.5 GiB free'],
    [
      'DRY122',
      'warning',
      { profile: { needs: { cpus: 1, memoryGiB: 1, diskGiB: 999 } } },
      'disk: 500.0 GiB free, expected 999.0 GiB',
    ],
    [
      'DRY123',
      'warning',
      { machine: { memory: () => ({ total: GIB, available: GIB / 4 }) } },
      'memory: 0.3 GiB available',
    ],
    [
      'DRY124',
      'info',
      { files: { '/proc/sys/net/ipv6/conf/all/disable_ipv6': '1\n' } },
      'ipv6: switched off',
    ],
    ['DRY125', 'error', { network: { resolves: async () => false } }, 'network: no name can be resolved'],
    [
      'DRY125',
      'warning',
      { network: { resolves: async (host) => host !== 'helm.cilium.io' } },
      'helm.cilium.io: cannot be resolved',
    ],
    [
      'DRY126',
      'warning',
      { env: { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '127.0.0.1' } },
      'NO_PROXY does not name .svc, .internal',
    ],
    ['DRY127', 'warning', { network: { time: async () => new Date(NOW + 60_000) } }, 'clock: 60 s off'],
    ['DRY127', 'error', { network: { time: async () => new Date(NOW - 3_600_000) } }, 'clock: 3600 s off'],
    [
      'DRY130',
      'warning',
      kindClusters('old-control-plane\told\trunning\n', 'old-control-plane\n'),
      'old: made by this fleet, which no longer has it',
    ],
    [
      'DRY130',
      'warning',
      kindClusters('dev-control-plane\tdev\trunning\n', 'dev-control-plane\n'),
      'dev: left half-made',
    ],
    [
      'DRY131',
      'error',
      kindClusters('dev-control-plane\tdev\trunning\n', ''),
      'dev: a Kind cluster of this name exists',
    ],
    [
      'DRY132',
      'info',
      { answers: { 'kubectl config get-contexts': 'kind-gone\nwork\n', 'kind get clusters': 'dev\n' } },
      'kind-gone: a context whose Kind cluster does not exist',
    ],
    [
      'DRY133',
      'error',
      remote({ 'remote get-url': { exitCode: 2 } }),
      'remote drydock: this clone has no remote',
    ],
    ['DRY133', 'warning', remote({ 'ls-remote': { exitCode: 2 } }), 'it has no branch main yet'],
    [
      'DRY133',
      'error',
      remote({ 'ls-remote': { exitCode: 128, stderr: 'fatal: refused\n' } }),
      'it does not answer: fatal: refused',
    ],
    [
      'DRY133',
      'info',
      remote({ 'ls-remote': 'abc\trefs/heads/main\n', 'rev-list': '3\n' }),
      '3 commits are not pushed',
    ],
    [
      'DRY134',
      'error',
      { files: { '/fleet/.drydock/config.json': '{}' }, modes: { '/fleet/.drydock/config.json': 0o100644 } },
      '.drydock/config.json: others can read it (mode 644)',
    ],
    [
      'DRY135',
      'error',
      { files: { '/fleet/.drydock/kubeconfigs/dev.yaml': 'client-certificate-data: bm8=\n' } },
      '.drydock/kubeconfigs/dev.yaml client-certificate-data: not a certificate',
    ],
    [
      'DRY140',
      'error',
      live({ health: 'Degraded', message: 'CrashLoopBackOff' }),
      'cilium on dev: Degraded: CrashLoopBackOff',
    ],
    ['DRY140', 'warning', live({ health: 'Unknown' }, 'kind'), 'cilium on dev: Unknown'],
    ['DRY140', 'info', live({ health: 'Unknown' }), 'cilium on dev: Unknown'],
    ['DRY141', 'warning', live({ synced: false }), 'cilium on dev: live state does not equal env/dev'],
    [
      'DRY142',
      'info',
      { live: [liveFleet([row({ dev: { sequence: 2 }, prod: { sequence: 1 } })])] },
      'cilium in prod: release-1 (change 1), dev has release-2 (change 2); waits for approval',
    ],
    [
      'DRY143',
      'warning',
      { live: [liveFleet([row({ dev: { sequence: 1 }, prod: { sequence: 2 } })])] },
      'cilium in prod: ahead of dev',
    ],
    ['DRY150', 'error', { fleet: 'broken' }, 'clusters/dev/cluster.yaml:3: expected a name'],
    [
      'DRY151',
      'error',
      { machine: { networks: () => [{ name: 'tun0', cidr: '10.2.7.9/20' }] } },
      'podSubnet of dev: 10.2.0.0/16 overlaps with 10.2.0.0/20 of the interface tun0',
    ],
    [
      'DRY151',
      'error',
      {
        answers: { 'docker network ls': 'abc\n', 'docker network inspect': 'acme 10.101.0.0/16 fc00::/64\n' },
      },
      'serviceSubnet of hub: 10.101.0.0/16 overlaps with 10.101.0.0/16 of the docker network acme',
    ],
    [
      'DRY160',
      'error',
      { live: [liveFleet([], { parts: [{ part: 'agent', state: 'stopped', restarts: 3 }] })] },
      'embedded agent: is stopped',
    ],
    [
      'DRY160',
      'warning',
      { live: [liveFleet([], { parts: [{ part: 'git', state: 'ready', restarts: 2 }] })] },
      'embedded git: ended 2 times',
    ],
    [
      'DRY161',
      'error',
      { live: [liveFleet([], { hydration: { revision: 'abcdef123', message: 'no', problems: ['a: b'] } })] },
      'revision abcdef1: no; a: b',
    ],
  ])('finds %s (%s)', async (code, severity, setting, text) => {
    const { findings } = await find(setting);
    const lines = findings.map((one) => `${one.code} ${one.severity} ${one.subject}: ${one.found}`);
    const expected = lines.find((line) => line.startsWith(`${code} ${severity} `) && line.includes(text));
    expect(expected, lines.join('\n')).toBeDefined();
    expect(findings.every(({ remedy }) => remedy !== undefined && remedy !== '')).toBe(true);
  });
});

function kindClusters(all: string, ours: string): DoctorSetting {
  return { answers: { [PS_OURS]: ours, [PS_ALL]: all } };
}

function remote(answers: Readonly<Record<string, string | object>>): DoctorSetting {
  const prefix = 'git -C /fleet -c core.askPass=true ';
  const entries = Object.entries(answers).map(([start, answer]) => [`${prefix}${start}`, answer]);
  return { live: [liveFleet()], answers: Object.fromEntries(entries) };
}
