import type { JsonObject } from '@drydock/model';
import { type Construct, k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { ciliumPolicy, dnsEgress } from '../platform/cilium-policies.ts';
import { PUBLIC_GATEWAY } from '../platform/public-gateway.ts';
import type { ApplicationFacts, Peer } from './application-facts.ts';
import { plainObject } from './plain-object.ts';

/** Port of Linkerd's proxy that all calls to a meshed pod arrive at. */
const MESH_INBOUND = 4143;

/**
 * Default deny for the namespace in both directions, and what the application says it needs on top of it: names from
 * the cluster's DNS, calls from its own namespace, from its callers and from the gateway, calls to where it may go.
 */
export function networkPolicies(scope: Construct, facts: ApplicationFacts): void {
  const policy = (name: string, spec: k8s.NetworkPolicySpec): void => {
    const metadata = { name, namespace: facts.namespace, labels: applicationLabels(facts) };
    plainObject(scope, `network-${name}`, k8s.KubeNetworkPolicy.manifest({ metadata, spec }));
  };
  policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  policy('allow-dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule()] });
  const ingress = ingressRules(facts);
  if (ingress.length > 0) policy('allow-callers', { podSelector: {}, policyTypes: ['Ingress'], ingress });
  const egress = egressRules(facts);
  if (egress.length > 0) policy('allow-egress', { podSelector: {}, policyTypes: ['Egress'], egress });
  if (facts.layer7) layer7Policies(scope, facts);
}

function ingressRules(facts: ApplicationFacts): k8s.NetworkPolicyIngressRule[] {
  const { workload, callers, networks } = facts;
  if (workload.ports.length === 0) return [];
  const from: k8s.NetworkPolicyPeer[] = [{ podSelector: {} }, ...callers.map(namespacePeer)];
  if (workload.expose !== undefined) from.push(...gatewayPeers());
  from.push(...networks.map((cidr) => ({ ipBlock: { cidr } })));
  const named = workload.ports.map(({ name, protocol }) => ({
    port: k8s.IntOrString.fromString(name),
    protocol,
  }));
  const ports = workload.mesh ? [...named, portRule(MESH_INBOUND)] : named;
  // Requests are narrowed at layer 7 instead, where policies only ever add: see layer7Policies.
  const rules = narrowsRequests(facts) ? [] : [{ from, ports }];
  return workload.rollout.strategy === 'rolling' ? rules : [...rules, { from: [loadTester()], ports }];
}

function egressRules({ workload, callees }: ApplicationFacts): k8s.NetworkPolicyEgressRule[] {
  const rules: k8s.NetworkPolicyEgressRule[] = callees.map((peer) => ({ to: [namespacePeer(peer)] }));
  for (const destination of workload.network.to) {
    if (!('cidr' in destination)) continue;
    rules.push({ to: [{ ipBlock: { cidr: destination.cidr } }], ports: destination.ports.map(portRule) });
  }
  if (workload.mesh) rules.push({ to: [namespaceOf('linkerd')] });
  if (workload.database !== undefined) rules.push({ to: [{ podSelector: {} }], ports: [portRule(5432)] });
  return rules;
}

/** What only Cilium can say: single requests, destinations by name, and the API server as such. */
function layer7Policies(scope: Construct, facts: ApplicationFacts): void {
  const { name, namespace, workload } = facts;
  const base = { namespace, labels: applicationLabels(facts), endpoints: {} };
  if (narrowsRequests(facts)) {
    const description = `The requests that callers of ${name} may make.`;
    ciliumPolicy(scope, { ...base, name: `${name}-requests`, description, ingress: [requestRule(facts)] });
  }
  if (workload.expose !== undefined && !narrowsRequests(facts)) {
    const ports = workload.ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ port }) => tcpPort(port));
    const description = `Cilium's own gateway, which is in no namespace, may call ${name}.`;
    const ingress = [{ fromEntities: ['ingress'], toPorts: [{ ports }] }];
    ciliumPolicy(scope, { ...base, name: `${name}-gateway`, description, ingress });
  }
  const hosts = workload.network.to.flatMap((one) => ('host' in one ? [one] : []));
  if (hosts.length > 0) {
    const rules = hosts.map(({ host, ports }) => ({
      toFQDNs: [fqdn(host)],
      toPorts: [{ ports: ports.map(tcpPort) }],
    }));
    const description = `Where ${name} may go outside of the cluster.`;
    ciliumPolicy(scope, { ...base, name: `${name}-hosts`, description, egress: [dnsEgress(), ...rules] });
  }
  if (workload.database !== undefined) {
    const description =
      'The instances of the database talk with each other, with their operator and with the API server.';
    const endpoints = { 'k8s:cnpg.io/cluster': `${name}-db` };
    const same = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace } };
    const operator = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'cnpg-system' } };
    const ingress = [{ fromEndpoints: [same, operator], toPorts: [{ ports: [5432, 8000].map(tcpPort) }] }];
    const egress = [{ toEntities: ['kube-apiserver'] }, { toEndpoints: [same] }];
    ciliumPolicy(scope, { ...base, name: `${name}-database`, description, endpoints, ingress, egress });
  }
}

function narrowsRequests({ layer7, workload }: ApplicationFacts): boolean {
  return layer7 && workload.network.http.length > 0 && !workload.mesh;
}

function requestRule({ workload, namespace, callers }: ApplicationFacts): JsonObject {
  const namespaces = [namespace, ...callers.map((caller) => caller.namespace)];
  const rules = { http: workload.network.http.map(({ method, path }) => ({ method, path })) };
  const ports = workload.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => tcpPort(port));
  const callersRule = {
    fromEndpoints: namespaces.map((one) => ({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': one } })),
    toPorts: [{ ports, rules }],
  };
  return workload.expose === undefined ? callersRule : { ...callersRule, fromEntities: ['ingress'] };
}

function fqdn(host: string): JsonObject {
  return host.startsWith('*.') ? { matchPattern: host } : { matchName: host };
}

function tcpPort(port: number): JsonObject {
  return { port: String(port), protocol: 'TCP' };
}

function portRule(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}

function namespacePeer({ namespace }: Peer): k8s.NetworkPolicyPeer {
  return namespaceOf(namespace);
}

function namespaceOf(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function gatewayPeers(): readonly k8s.NetworkPolicyPeer[] {
  return [namespaceOf(PUBLIC_GATEWAY.namespace), namespaceOf('traefik')];
}

function loadTester(): k8s.NetworkPolicyPeer {
  return namespaceOf('flagger-system');
}

function dnsRule(): k8s.NetworkPolicyEgressRule {
  return {
    to: [{ ...namespaceOf('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
    ports: ['UDP', 'TCP'].map((protocol) => ({ port: k8s.IntOrString.fromNumber(53), protocol })),
  };
}
