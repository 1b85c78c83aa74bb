import type { Construct } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { customObject } from '../platform/custom-object.ts';
import type { ApplicationFacts, Peer } from './application-facts.ts';

/**
 * Who may call a meshed application, by identity (https://linkerd.io/2/reference/authorization-policy/): one Server per
 * port, open only to the ServiceAccounts of its callers, and to networks where calls come from outside of the mesh.
 */
export function meshAuthorization(scope: Construct, facts: ApplicationFacts): void {
  const { name, namespace, workload, callers, networks } = facts;
  const labels = applicationLabels(facts);
  const own = { name, namespace };
  const identities = [own, ...callers].map(identity);
  customObject(
    scope,
    'policy.linkerd.io/v1alpha1 MeshTLSAuthentication',
    { name, namespace, labels },
    {
      spec: { identities },
    },
  );
  if (networks.length > 0) {
    customObject(
      scope,
      'policy.linkerd.io/v1alpha1 NetworkAuthentication',
      { name, namespace, labels },
      {
        spec: { networks: networks.map((cidr) => ({ cidr })) },
      },
    );
  }
  for (const port of workload.ports) {
    const server = `${name}-${port.name}`;
    customObject(
      scope,
      'policy.linkerd.io/v1beta3 Server',
      { name: server, namespace, labels },
      {
        spec: {
          podSelector: {},
          port: port.name,
          accessPolicy: 'deny',
          proxyProtocol: protocolOf(port.appProtocol),
        },
      },
    );
    authorize(scope, { facts, server, kind: 'MeshTLSAuthentication' });
    if (networks.length > 0) authorize(scope, { facts, server, kind: 'NetworkAuthentication' });
  }
}

interface Authorization {
  readonly facts: ApplicationFacts;
  readonly server: string;
  readonly kind: 'MeshTLSAuthentication' | 'NetworkAuthentication';
}

function authorize(scope: Construct, { facts, server, kind }: Authorization): void {
  const suffix = kind === 'MeshTLSAuthentication' ? 'mesh' : 'network';
  const metadata = {
    name: `${server}-${suffix}`,
    namespace: facts.namespace,
    labels: applicationLabels(facts),
  };
  customObject(scope, 'policy.linkerd.io/v1alpha1 AuthorizationPolicy', metadata, {
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: server },
      requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind, name: facts.name }],
    },
  });
}

/** The mesh identity of an application: that of its ServiceAccount. */
function identity({ name, namespace }: Peer): string {
  return `${name}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
}

function protocolOf(appProtocol: string | undefined): string {
  if (appProtocol === 'kubernetes.io/h2c' || appProtocol === 'grpc') return 'HTTP/2';
  return appProtocol === 'http' ? 'HTTP/1' : 'unknown';
}
