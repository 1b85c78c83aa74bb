import { type Construct, k8s } from '../cdk8s.ts';
import { PROMOTER_PORT, type PromoterFacts } from './promoter-facts.ts';

/** Label that the acting replica puts on its own pod. */
const ACTING = { 'drydock.dev/acting': 'true' };
/** Where git, forges, chat and API servers answer: https, Kubernetes, ssh. Their addresses are not known here. */
const OUTSIDE = [443, 6443, 22];

/** How the promoter is reached, and what it may reach. */
export function promoterNetwork(scope: Construct, facts: PromoterFacts): void {
  const { name, namespace, labels, selector, callers } = facts;
  const metadata = { name, namespace, labels };
  new k8s.KubeService(scope, 'service', {
    metadata,
    spec: {
      selector: { ...selector, ...ACTING },
      ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }],
    },
  });
  new k8s.KubeNetworkPolicy(scope, 'network', {
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: callers.map(namespaceOf), ports: [tcp(PROMOTER_PORT)] }],
      egress: [
        {
          to: [{ ...namespaceOf('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [tcp(53), { ...tcp(53), protocol: 'UDP' }],
        },
        { ports: OUTSIDE.map(tcp) },
      ],
    },
  });
}

function namespaceOf(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
