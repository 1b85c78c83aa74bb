import type { JsonObject } from '@drydock/model';
import { Construct, k8s } from '../cdk8s.ts';
import { certificate, FLEET_CA } from './certificates.ts';
import { customObject } from './custom-object.ts';

/** Where the shared Gateway of every cluster is, and what it is called. */
export const PUBLIC_GATEWAY = { name: 'public', namespace: 'gateway-system' } as const;

/** What a {@link PublicGateway} is made for. */
export interface PublicGatewayProps {
  /** Name of the GatewayClass. */
  readonly gatewayClass: string;
  /** Domain whose names it serves with a wildcard certificate. */
  readonly domain: string;
}

/**
 * The shared Gateway of a cluster (https://gateway-api.sigs.k8s.io): HTTP only redirects, HTTPS ends TLS with a
 * wildcard certificate of the fleet's CA. Routes of all namespaces may attach.
 */
export class PublicGateway extends Construct {
  constructor(scope: Construct, id: string, props: PublicGatewayProps) {
    super(scope, id);
    const { name, namespace } = PUBLIC_GATEWAY;
    new k8s.KubeNamespace(this, 'namespace', { metadata: { name: namespace } });
    const dnsNames = [props.domain, `*.${props.domain}`];
    certificate(this, { name: 'public-tls', namespace, issuer: FLEET_CA, dnsNames });
    customObject(
      this,
      'gateway.networking.k8s.io/v1 Gateway',
      { name, namespace },
      {
        spec: { gatewayClassName: props.gatewayClass, listeners: listeners() },
      },
    );
    customObject(
      this,
      'gateway.networking.k8s.io/v1 HTTPRoute',
      { name: 'redirect-to-https', namespace },
      {
        spec: {
          parentRefs: [{ name, sectionName: 'http' }],
          rules: [
            { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] },
          ],
        },
      },
    );
  }
}

function listeners(): readonly JsonObject[] {
  const allowedRoutes = { namespaces: { from: 'All' } };
  return [
    { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes },
    {
      name: 'https',
      port: 443,
      protocol: 'HTTPS',
      allowedRoutes,
      tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'public-tls' }] },
    },
  ];
}
