import { type AddonObjects, PublicGateway } from '@drydock/constructs';

/** The shared Gateway, by Traefik where that is switched on, else by Cilium. */
export const objects: AddonObjects = (scope, { cluster }) => {
  const hasTraefik = cluster.labels['addon.drydock.dev/traefik'] === 'enabled';
  new PublicGateway(scope, 'public', {
    gatewayClass: hasTraefik ? 'traefik' : 'cilium',
    domain: `${cluster.name}.drydock.internal`,
  });
};
