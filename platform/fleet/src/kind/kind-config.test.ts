import { describe, expect, it } from 'vitest';
import { kindConfigProblems, portClashes } from './check-kind-config.ts';
import type { KindConfig } from './kind-config.ts';
import { kindConfigs } from './phases/clusters.ts';
import { testContext } from './test-fleet.ts';

async function configsOf(spec: object = {}): Promise<ReadonlyMap<string, KindConfig>> {
  const configs = kindConfigs(await testContext(spec));
  return new Map(configs.map((config) => [config.name, config]));
}

async function configOf(name: string, spec: object = {}): Promise<KindConfig> {
  const config = (await configsOf(spec)).get(name);
  if (config === undefined) throw new TypeError(name);
  return config;
}

describe('the configuration of a Kind cluster', () => {
  it('leaves out Kind’s own network and kube-proxy where Cilium does their work', async () => {
    expect((await configOf('dev')).networking).toEqual({
      ipFamily: 'ipv4',
      apiServerAddress: '127.0.0.1',
      podSubnet: '10.2.0.0/16',
      serviceSubnet: '10.102.0.0/16',
      disableDefaultCNI: true,
      kubeProxyMode: 'none',
    });
  });

  it('keeps both where no addon is a network', async () => {
    const { networking } = await configOf('hub');
    expect(networking).toMatchObject({ disableDefaultCNI: false, kubeProxyMode: 'iptables' });
  });

  it('marks every node with the owner, and one node as the gateway where clusters are joined', async () => {
    const { nodes } = await configOf('dev', { workers: 2 });
    const paths = nodes.map(({ extraMounts }) => extraMounts[0]?.containerPath);
    expect(new Set(paths)).toEqual(
      new Set([expect.stringMatching(/^\/var\/lib\/drydock\/owner\/sample-[0-9a-f]{12}$/)]),
    );
    expect(nodes.map(({ labels }) => labels['submariner.io/gateway'])).toEqual([
      'true',
      undefined,
      undefined,
    ]);
  });

  it('takes nodes, labels, ports, images and mirrors from the profile', async () => {
    const config = await configOf('dev', {
      nodeImages: { 'v1.34.0': 'registry.lan/node:v1.34.0' },
      mirrors: { 'docker.io': 'http://mirror.lan:5000' },
      overrides: {
        dev: { workers: 1, nodeLabels: { zone: 'a' }, ports: [{ host: 8080, container: 30080 }] },
      },
    });
    expect(config.nodes.map(({ role, image }) => `${role} ${image}`)).toEqual([
      'control-plane registry.lan/node:v1.34.0',
      'worker registry.lan/node:v1.34.0',
    ]);
    expect(config.nodes[0]).toMatchObject({
      labels: { zone: 'a' },
      extraMounts: [{}, { containerPath: '/etc/containerd/certs.d' }],
      extraPortMappings: [{ hostPort: 8080, containerPort: 30080, listenAddress: '127.0.0.1' }],
    });
    expect(config.nodes[1]?.extraPortMappings).toEqual([]);
    expect(config.containerdConfigPatches[0]).toContain('config_path = "/etc/containerd/certs.d"');
  });
});

describe('checking a configuration', () => {
  it.each<[string, (config: KindConfig) => KindConfig, string]>([
    ['a name Kind does not take', (config) => ({ ...config, name: 'a_b' }), 'expected a name of a-z'],
    [
      'a name too long for a node',
      (config) => ({ ...config, name: 'a'.repeat(50) }),
      'at most 40 characters, got 50',
    ],
    [
      'a subnet',
      (config) => withNetworking(config, { podSubnet: '10.1.0.0/99' }),
      'podSubnet: expected an IPv4 CIDR',
    ],
    ['a mode of kube-proxy', (config) => withNetworking(config, { kubeProxyMode: 'ebpf' }), 'got "ebpf"'],
    [
      'no kube-proxy and nothing instead',
      (config) => withNetworking(config, { kubeProxyMode: 'none', disableDefaultCNI: false }),
      'kindnet does not',
    ],
    ['no control plane', (config) => ({ ...config, nodes: [] }), 'at least one control-plane node'],
    [
      'two control planes',
      (config) => ({ ...config, nodes: [...config.nodes, ...config.nodes] }),
      'odd number',
    ],
  ])('names %s', async (_, change, message) => {
    const problems = kindConfigProblems(change(await configOf('dev')));
    expect(problems.join('\n')).toContain(message);
  });

  it('finds nothing in what is synthesized', async () => {
    const configs = [...(await configsOf({ workers: 3, controlPlanes: 3 })).values()];
    expect(configs.flatMap(kindConfigProblems)).toEqual([]);
  });

  it('names a port that two clusters want', async () => {
    const ports = [{ host: 8080, container: 30080 }];
    const configs = await configsOf({ overrides: { dev: { ports }, hub: { ports } } });
    expect(portClashes([...configs.values()])).toEqual(['port 8080 of this machine is wanted twice']);
  });
});

function withNetworking(config: KindConfig, change: object): KindConfig {
  return { ...config, networking: { ...config.networking, ...change } };
}
