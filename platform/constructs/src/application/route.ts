import type { JsonObject } from '@drydock/model';
import type { Construct } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { customObject } from '../platform/custom-object.ts';
import { PUBLIC_GATEWAY } from '../platform/public-gateway.ts';
import type { ApplicationFacts } from './application-facts.ts';

/** The HTTPRoute of an exposed application (https://gateway-api.sigs.k8s.io/api-types/httproute/). */
export function applicationRoute(scope: Construct, facts: ApplicationFacts): void {
  const { name, namespace, workload } = facts;
  const { expose } = workload;
  if (expose === undefined) return;
  const labels = applicationLabels(facts);
  customObject(
    scope,
    'gateway.networking.k8s.io/v1 HTTPRoute',
    { name, namespace, labels },
    {
      spec: {
        parentRefs: [gatewayReference(expose.tls)],
        hostnames: [expose.host],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: expose.path } }],
            backendRefs: [{ name, port: exposedPort(facts) }],
          },
        ],
      },
    },
  );
}

/** The listener of the shared Gateway that a route attaches to. */
export function gatewayReference(tls: boolean): JsonObject {
  return { ...PUBLIC_GATEWAY, sectionName: tls ? 'https' : 'http' };
}

/** Number of the port that is exposed, or of the first. */
export function exposedPort({ workload }: ApplicationFacts): number {
  const { expose, ports } = workload;
  const port = ports.find(({ name }) => name === expose?.port) ?? ports[0];
  return port?.port ?? 80;
}
