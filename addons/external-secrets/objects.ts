import { type AddonObjects, SecretStore } from '@drydock/constructs';

/** The store that every ExternalSecret reads from: OpenBao on the hub, with an auth mount of its own per cluster. */
export const objects: AddonObjects = (scope, { cluster, variables }) => {
  new SecretStore(scope, 'store', {
    server: `https://openbao.${variables['hub.name']}.drydock.internal`,
    authMount: `kubernetes-${cluster.name}`,
  });
};
