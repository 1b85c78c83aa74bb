import { type AddonObjects, GatewayLabels, SubmarinerJoin } from '@drydock/constructs';

/** Joins the cluster to the broker on the hub. */
export const objects: AddonObjects = (scope, { cluster, variables }) => {
  new GatewayLabels(scope, 'gateway-labels');
  new SubmarinerJoin(scope, 'join', {
    cluster: cluster.name,
    podSubnet: cluster.network.podSubnet,
    serviceSubnet: cluster.network.serviceSubnet,
    brokerServer: `${variables['hub.name']}-control-plane:6443`,
  });
};
