import type { JsonObject } from '@drydock/model';
import type { Member } from './members.ts';
import type { KindPaths } from './names.ts';
import type { ClusterNetwork } from './network.ts';
import type { KindProfile } from './profile.ts';

/** Kind's configuration, as far as it is used here (kind, `pkg/apis/config/v1alpha4/types.go`). */
export interface KindConfig extends JsonObject {
  readonly apiVersion: 'kind.x-k8s.io/v1alpha4';
  readonly kind: 'Cluster';
  readonly name: string;
  readonly networking: JsonObject;
  readonly nodes: readonly KindNode[];
  readonly containerdConfigPatches: readonly string[];
}

/** One node, that is one container. */
export interface KindNode extends JsonObject {
  readonly role: 'control-plane' | 'worker';
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly extraMounts: readonly KindMount[];
  readonly extraPortMappings: readonly KindPort[];
}

export interface KindMount extends JsonObject {
  readonly hostPath: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

export interface KindPort extends JsonObject {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly listenAddress: string;
}

export interface KindConfigOptions {
  readonly member: Member;
  readonly network: ClusterNetwork;
  readonly profile: KindProfile;
  readonly paths: KindPaths;
  /** Where the mark of the owner is mounted. */
  readonly ownerMount: string;
  /** Whether the first control plane carries the tunnels to other clusters. @default false */
  readonly gateway?: boolean | undefined;
}

/** Where containerd looks for mirrors, one folder a registry. */
const CERTS = '/etc/containerd/certs.d';
/** https://kind.sigs.k8s.io/docs/user/local-registry/: the plugin's name of configuration version 2. */
const MIRROR_PATCH = `[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "${CERTS}"\n`;

/** The configuration with which `kind create cluster` makes a cluster of the fleet. */
export function kindConfig(options: KindConfigOptions): KindConfig {
  const { member, network, profile } = options;
  const { cluster } = member;
  return {
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    name: cluster.name,
    networking: {
      ipFamily: 'ipv4',
      apiServerAddress: '127.0.0.1',
      podSubnet: cluster.network.podSubnet,
      serviceSubnet: cluster.network.serviceSubnet,
      disableDefaultCNI: network.cni !== 'kindnet',
      kubeProxyMode: network.replacesKubeProxy ? 'none' : (member.override.kubeProxyMode ?? 'iptables'),
    },
    nodes: nodesOf(options),
    containerdConfigPatches: hasMirrors(profile) ? [MIRROR_PATCH] : [],
  };
}

function nodesOf(options: KindConfigOptions): readonly KindNode[] {
  const { member } = options;
  const controlPlanes = Array.from({ length: member.controlPlanes }, (_, index) =>
    nodeOf(options, { role: 'control-plane', ports: index === 0 ? portsOf(member) : [] }),
  );
  const workers = Array.from({ length: member.workers }, () =>
    nodeOf(options, { role: 'worker', ports: [] }),
  );
  const nodes = [...controlPlanes, ...workers];
  return nodes.map((node, index) => (options.gateway === true && index === 0 ? asGateway(node) : node));
}

/** https://submariner.io/getting-started/quickstart/: the node with this label is the gateway. */
function asGateway(node: KindNode): KindNode {
  return { ...node, labels: { ...node.labels, 'submariner.io/gateway': 'true' } };
}

function nodeOf(
  { member, profile, paths, ownerMount }: KindConfigOptions,
  { role, ports }: { readonly role: KindNode['role']; readonly ports: readonly KindPort[] },
): KindNode {
  const { cluster, override } = member;
  const mounts = [{ hostPath: paths.owner, containerPath: ownerMount, readOnly: true }];
  if (hasMirrors(profile)) mounts.push({ hostPath: paths.mirrors, containerPath: CERTS, readOnly: true });
  return {
    role,
    image: profile.nodeImages[cluster.kubernetesVersion] ?? `kindest/node:${cluster.kubernetesVersion}`,
    labels: { 'drydock.dev/cluster': cluster.name, ...override.nodeLabels },
    extraMounts: mounts,
    extraPortMappings: ports,
  };
}

function portsOf({ override }: Member): readonly KindPort[] {
  return override.ports.map(({ host, container, address }) => ({
    containerPort: container,
    hostPort: host,
    listenAddress: address,
  }));
}

function hasMirrors({ mirrors }: KindProfile): boolean {
  return Object.keys(mirrors).length > 0;
}
