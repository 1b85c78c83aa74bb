import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { folderSource, loadFleet } from '@drydock/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { $ } from 'zx';
import type { KindConfig } from '../kind-config.ts';
import { loadKindProfile } from '../load-profile.ts';
import { membersOf } from '../members.ts';
import { kindConfigs } from '../phases/clusters.ts';
import { testContext } from '../test-fleet.ts';
import { isOnPath } from './tool-on-path.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');

/** Stands for Docker until containers are to be started: Kind has read and checked its configuration by then. */
const DOCKER = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
case "$1" in
  info) echo '{"CgroupVersion":"2","CgroupDriver":"systemd","MemoryLimit":true,"PidsLimit":true,"CPUShares":true,"SecurityOptions":[]}' ;;
  run) exit 125 ;;
esac
`;

describe.skipIf(!isOnPath('kind', 'version'))('the real kind, with a Docker that starts nothing', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-kind-real-'));
    await writeFile(join(folder, 'docker'), DOCKER);
    await chmod(join(folder, 'docker'), 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function create(config: KindConfig) {
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
    const args = [
      'create',
      'cluster',
      `--name=${config.name}`,
      '--config=-',
      `--kubeconfig=${join(folder, 'kubeconfig')}`,
    ];
    const { stderr } = await $({ nothrow: true, quiet: true, env, input: stringify(config) })`kind ${args}`;
    const calls = await readFile(join(folder, 'calls'), 'utf8');
    return { stderr, runs: calls.split('\n').filter((line) => line.startsWith('run ')) };
  }

  it.each([
    ['hub', {}],
    ['dev', { workers: 2, controlPlanes: 3 }],
    [
      'dev',
      {
        mirrors: { 'docker.io': 'http://mirror.lan:5000' },
        overrides: { dev: { ports: [{ host: 8080, container: 30080 }] } },
      },
    ],
  ])('accepts what is synthesized for %s with %j, and marks every node as ours', async (name, spec) => {
    const config = kindConfigs(await testContext(spec)).find((candidate) => candidate.name === name);
    if (config === undefined) throw new TypeError(name);
    const { stderr, runs } = await create(config);
    expect(stderr).toContain('Preparing nodes');
    const nodes = runs.filter((run) => run.includes('kindest/node:v1.34.0'));
    expect(nodes.length).toBeGreaterThan(0);
    for (const run of nodes) {
      expect(run).toContain(`--label io.x-k8s.kind.cluster=${name}`);
      expect(run).toMatch(
        /--volume=\/fleet\/\.drydock\/kind\/owner:\/var\/lib\/drydock\/owner\/sample-[0-9a-f]{12}:ro/,
      );
    }
  });

  it.each(['default', 'small', 'distributed'])('accepts the fleet of this repository: %s', async (name) => {
    const fleet = await loadFleet(folderSource(ROOT));
    const profile = await loadKindProfile(ROOT, name);
    const context = { ...(await testContext()), fleet, profile, members: membersOf(fleet, profile) };
    for (const config of kindConfigs(context)) {
      expect((await create(config)).stderr, config.name).toContain('Preparing nodes');
    }
  });

  it.each<[string, (config: KindConfig) => KindConfig, string]>([
    [
      'a subnet',
      (config) => ({ ...config, networking: { ...config.networking, podSubnet: '10.0.0.0/99' } }),
      'invalid pod subnet',
    ],
    [
      'a mode',
      (config) => ({ ...config, networking: { ...config.networking, kubeProxyMode: 'ebpf' } }),
      'invalid kubeProxyMode',
    ],
    [
      'no nodes of the control plane',
      (config) => ({ ...config, nodes: config.nodes.map((node) => ({ ...node, role: 'worker' as const })) }),
      'must have at least one control-plane node',
    ],
  ])('refuses what our own check refuses too: %s', async (_, change, message) => {
    const [config] = kindConfigs(await testContext());
    if (config === undefined) throw new TypeError('no config');
    expect((await create(change(config))).stderr).toContain(message);
  });
});
