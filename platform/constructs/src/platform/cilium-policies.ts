import type { JsonObject } from '@drydock/model';
import { Construct } from '../cdk8s.ts';
import { customObject } from './custom-object.ts';

/** The label that every namespace of an application carries, by which cluster-wide policies find it. */
export const APPLICATION_NAMESPACE = {
  'k8s:io.cilium.k8s.namespace.labels.app.kubernetes.io/managed-by': 'drydock',
};

/**
 * Cluster-wide policies in eBPF: what runs in a namespace of an application is denied everything but DNS, which is
 * also made visible, until a policy of the application allows more
 * (https://docs.cilium.io/en/stable/security/policy/).
 */
export class CiliumBaseline extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    customObject(
      this,
      'cilium.io/v2 CiliumClusterwideNetworkPolicy',
      { name: 'default-deny-applications' },
      {
        spec: {
          description:
            'Nothing in or out of an application without a policy of its own; names are looked up by all.',
          endpointSelector: { matchLabels: APPLICATION_NAMESPACE },
          ingress: [{}],
          egress: [dnsEgress()],
          enableDefaultDeny: { ingress: true, egress: true },
        },
      },
    );
  }
}

/** Egress to the DNS of the cluster, inspected at layer 7, which policies by host name need. */
export function dnsEgress(): JsonObject {
  return {
    toEndpoints: [
      { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } },
    ],
    toPorts: [
      {
        ports: [{ port: '53', protocol: 'ANY' }],
        rules: { dns: [{ matchPattern: '*' }] },
      },
    ],
  };
}

/** One rule of a {@link ciliumPolicy}, as plain data. */
export interface CiliumPolicyProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly description: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly ingress?: readonly JsonObject[];
  readonly egress?: readonly JsonObject[];
}

/** A CiliumNetworkPolicy of an application. */
export function ciliumPolicy(scope: Construct, props: CiliumPolicyProps): void {
  const { name, namespace, labels, description } = props;
  customObject(
    scope,
    'cilium.io/v2 CiliumNetworkPolicy',
    { name, namespace, labels },
    {
      spec: {
        description,
        endpointSelector: { matchLabels: { ...props.endpoints } },
        ...(props.ingress === undefined ? {} : { ingress: props.ingress }),
        ...(props.egress === undefined ? {} : { egress: props.egress }),
      },
    },
  );
}
