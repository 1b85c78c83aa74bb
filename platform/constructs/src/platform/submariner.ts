import { Construct, k8s } from '../cdk8s.ts';
import { customObject } from './custom-object.ts';
import { externalSecret } from './secret-store.ts';

const NAMESPACE = 'submariner-operator';
const BROKER_SECRET = 'submariner-broker';
const PSK_SECRET = 'submariner-psk';

/** How a cluster joins the others. */
export interface SubmarinerJoinProps {
  readonly cluster: string;
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  /** API server of the cluster with the broker, `host:port`. */
  readonly brokerServer: string;
}

/**
 * The Submariner object of a cluster (https://submariner.io/operations/deployment/), with token, CA and IPsec key from
 * the secret store instead of in the object itself.
 */
export class SubmarinerJoin extends Construct {
  constructor(scope: Construct, id: string, props: SubmarinerJoinProps) {
    super(scope, id);
    const at = (property: string) => ({ key: 'platform/submariner', property });
    const broker = { token: at('token'), 'ca.crt': at('ca.crt') };
    externalSecret(this, { name: BROKER_SECRET, namespace: NAMESPACE, data: broker });
    externalSecret(this, { name: PSK_SECRET, namespace: NAMESPACE, data: { psk: at('psk') } });
    customObject(
      this,
      'submariner.io/v1alpha1 Submariner',
      { name: 'submariner', namespace: NAMESPACE },
      {
        spec: {
          broker: 'k8s',
          brokerK8sApiServer: props.brokerServer,
          brokerK8sRemoteNamespace: 'submariner-k8s-broker',
          brokerK8sSecret: BROKER_SECRET,
          cableDriver: 'libreswan',
          ceIPSecDebug: false,
          ceIPSecPSKSecret: PSK_SECRET,
          clusterCIDR: props.podSubnet,
          clusterID: props.cluster,
          debug: false,
          namespace: NAMESPACE,
          natEnabled: false,
          serviceCIDR: props.serviceSubnet,
          serviceDiscoveryEnabled: true,
          connectionHealthCheck: { enabled: true, intervalSeconds: 1, maxPacketLossCount: 5 },
        },
      },
    );
  }
}

/**
 * Labels control-plane nodes as Submariner gateways with a Kyverno policy, and lets Kyverno do so
 * (https://kyverno.io/docs/installation/customization/#customizing-permissions).
 */
export class GatewayLabels extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubeClusterRole(this, 'role', {
      metadata: {
        name: 'kyverno:label-submariner-gateways',
        labels: {
          'rbac.kyverno.io/aggregate-to-background-controller': 'true',
          'rbac.kyverno.io/aggregate-to-admission-controller': 'true',
        },
      },
      rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch', 'update', 'patch'] }],
    });
    customObject(
      this,
      'kyverno.io/v1 ClusterPolicy',
      { name: 'label-submariner-gateways' },
      {
        spec: {
          mutateExistingOnPolicyUpdate: true,
          rules: [
            {
              name: 'label-control-plane-nodes',
              match: { any: [{ resources: { kinds: ['Node'], selector: { matchLabels: CONTROL_PLANE } } }] },
              mutate: {
                targets: [{ apiVersion: 'v1', kind: 'Node', name: '{{ request.object.metadata.name }}' }],
                patchStrategicMerge: { metadata: { labels: { 'submariner.io/gateway': 'true' } } },
              },
            },
          ],
        },
      },
    );
  }
}

const CONTROL_PLANE = { 'node-role.kubernetes.io/control-plane': '' };

/** Exports a Service to the other clusters (https://github.com/kubernetes/enhancements/tree/master/keps/sig-multicluster/1645-multi-cluster-services-api). */
export function serviceExport(
  scope: Construct,
  {
    name,
    namespace,
    labels,
  }: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> },
): void {
  customObject(scope, 'multicluster.x-k8s.io/v1alpha1 ServiceExport', { name, namespace, labels }, {});
}
