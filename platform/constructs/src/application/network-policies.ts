import type { Application, Workload } from '@drydock/model';
import { type Construct, k8s } from '../cdk8s.ts';
import { unitLabels } from '../labels.ts';

interface NetworkPoliciesProps {
  readonly application: Application;
  readonly workload: Workload;
}

/**
 * Default deny for the namespace in both directions, and what the application needs on top of it: names from the
 * cluster's DNS, and calls to its ports from its own namespace.
 */
export function networkPolicies(scope: Construct, { application, workload }: NetworkPoliciesProps): void {
  const policy = (name: string, spec: k8s.NetworkPolicySpec): void => {
    const metadata = { name, namespace: application.namespace, labels: unitLabels(application) };
    new k8s.KubeNetworkPolicy(scope, `network-${name}`, { metadata, spec });
  };
  const podSelector = { matchLabels: { 'app.kubernetes.io/name': application.name } };
  policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  policy('allow-dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule()] });
  if (workload.ports.length === 0) return;
  const ports = workload.ports.map(({ name, protocol }) => ({
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
