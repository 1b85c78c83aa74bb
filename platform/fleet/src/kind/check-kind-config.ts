import { parseCidr } from '@drydock/model';
import type { KindConfig, KindPort } from './kind-config.ts';

/**
 * What Kind would refuse, and what it would accept and then fail on; empty when nothing. Kind's own rules: kind,
 * `pkg/internal/apis/config/validate.go`.
 */
export function kindConfigProblems(config: KindConfig): readonly string[] {
  return [
    ...nameProblems(config),
    ...subnetProblems(config),
    ...proxyProblems(config),
    ...nodeProblems(config),
    ...portProblems(config),
  ].map((problem) => `cluster "${config.name}": ${problem}`);
}

/** Node names are host names, at most 63 characters a label (RFC 1123), and this is the longest suffix of Kind. */
const LONGEST_SUFFIX = '-external-load-balancer';
const HOST_NAME = 63;

function nameProblems({ name }: KindConfig): readonly string[] {
  const problems = /^[a-z0-9.-]+$/.test(name)
    ? []
    : [`expected a name of a-z, 0-9, "." and "-", got "${name}"`];
  const most = HOST_NAME - LONGEST_SUFFIX.length;
  if (name.length > most) problems.push(`expected a name of at most ${most} characters, got ${name.length}`);
  return problems;
}

function subnetProblems({ networking }: KindConfig): readonly string[] {
  return (['podSubnet', 'serviceSubnet'] as const).flatMap((key) => {
    const text = networking[key];
    if (typeof text === 'string' && parseCidr(text) !== undefined) return [];
    return [`${key}: expected an IPv4 CIDR, got ${JSON.stringify(text)}`];
  });
}

const PROXY_MODES = ['iptables', 'ipvs', 'nftables', 'none'];

function proxyProblems({ networking }: KindConfig): readonly string[] {
  const { kubeProxyMode, disableDefaultCNI } = networking;
  if (typeof kubeProxyMode !== 'string' || !PROXY_MODES.includes(kubeProxyMode)) {
    return [`kubeProxyMode: expected one of ${PROXY_MODES.join(', ')}, got ${JSON.stringify(kubeProxyMode)}`];
  }
  return kubeProxyMode === 'none' && disableDefaultCNI !== true
    ? ['kubeProxyMode: "none" needs a network that replaces kube-proxy, and kindnet does not']
    : [];
}

function nodeProblems({ nodes }: KindConfig): readonly string[] {
  const controlPlanes = nodes.filter(({ role }) => role === 'control-plane').length;
  const problems = controlPlanes === 0 ? ['expected at least one control-plane node, got none'] : [];
  if (controlPlanes > 0 && controlPlanes % 2 === 0) {
    problems.push(`expected an odd number of control planes, so that etcd can vote, got ${controlPlanes}`);
  }
  if (nodes.some(({ image }) => image === '')) problems.push('a node has no image');
  return problems;
}

/** Ports of this machine that two clusters want. */
export function portClashes(configs: readonly KindConfig[]): readonly string[] {
  return clashes(configs.flatMap(({ nodes }) => nodes).flatMap(({ extraPortMappings }) => extraPortMappings));
}

function portProblems({ nodes }: KindConfig): readonly string[] {
  return clashes(nodes.flatMap(({ extraPortMappings }) => extraPortMappings));
}

const ANY_ADDRESS = '0.0.0.0';

function clashes(ports: readonly KindPort[]): readonly string[] {
  return ports.flatMap((port, index) => {
    const earlier = ports.slice(0, index).find((other) => collides(other, port));
    return earlier === undefined ? [] : [`port ${port.hostPort} of this machine is wanted twice`];
  });
}

function collides(left: KindPort, right: KindPort): boolean {
  if (left.hostPort !== right.hostPort) return false;
  const addresses = [left.listenAddress, right.listenAddress];
  return addresses[0] === addresses[1] || addresses.includes(ANY_ADDRESS);
}
