import { type Construct, k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import type { ApplicationFacts } from './application-facts.ts';

/**
 * Default deny for the namespace in both directions, and what the application needs on top of it: names from the
 * cluster's DNS, and calls to its ports from its own namespace.
 */
export function networkPolicies(scope: Construct, facts: ApplicationFacts): void {
  const policy = (name: string, spec: k8s.NetworkPolicySpec): void => {
    const metadata = { name, namespace: facts.namespace, labels: applicationLabels(facts) };
    new k8s.KubeNetworkPolicy(scope, `network-${name}`, { metadata, spec });
  };
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': facts.name } };
  policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  policy('allow-dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule()] });
  if (facts.workload.ports.length === 0) return;
  const ports = facts.workload.ports.map(({ name, protocol }) => ({
    port: k8s.IntOrString.fromString(name),
    protocol,
  }));
  policy('allow-callers', {
    podSelector,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports }],
  });
}

function dnsRule(): k8s.NetworkPolicyEgressRule {
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
    ports: ['UDP', 'TCP'].map((protocol) => ({ port: k8s.IntOrString.fromNumber(53), protocol })),
  };
}
