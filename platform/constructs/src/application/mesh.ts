import type { JsonObject } from '@drydock/model';
import type { Construct } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { type CustomMetadata, customObject } from '../platform/custom-object.ts';
import type { ApplicationFacts, Peer } from './application-facts.ts';

const GROUP = 'policy.linkerd.io';

/**
 * Who may call a meshed application, by identity (https://linkerd.io/2/reference/authorization-policy/): one Server per
 * port, open only to the ServiceAccounts of its callers, and to networks where calls come from outside of the mesh.
 * Where the requests are listed, only those are open, and the probes of the kubelet.
 */
export function meshAuthorization(scope: Construct, facts: ApplicationFacts): void {
  const { name, namespace, workload, callers, networks } = facts;
  const identities = [{ name, namespace }, ...callers].map(identity);
  customObject(scope, `${GROUP}/v1alpha1 MeshTLSAuthentication`, metadata(facts, name), {
    spec: { identities },
  });
  if (networks.length > 0) networkAuthentication(scope, { facts, name, networks });
  const narrowed = workload.network.http.length > 0;
  if (narrowed)
    networkAuthentication(scope, { facts, name: `${name}-kubelet`, networks: ['0.0.0.0/0', '::/0'] });
  for (const port of workload.ports) {
    const server = `${name}-${port.name}`;
    customObject(scope, `${GROUP}/v1beta3 Server`, metadata(facts, server), {
      spec: {
        podSelector: {},
        port: port.name,
        accessPolicy: 'deny',
        proxyProtocol: protocolOf(port.appProtocol),
      },
    });
    const target = narrowed
      ? requestRoutes(scope, facts, server)
      : { group: GROUP, kind: 'Server', name: server };
    authorize(scope, { facts, target, id: `${server}-mesh`, kind: 'MeshTLSAuthentication', who: name });
    if (networks.length === 0) continue;
    authorize(scope, { facts, target, id: `${server}-network`, kind: 'NetworkAuthentication', who: name });
  }
}

/** The requests that callers may make as one route of a Server, the probes as another; returns the first. */
function requestRoutes(scope: Construct, facts: ApplicationFacts, server: string): JsonObject {
  const { network, probes } = facts.workload;
  const requests = network.http.map(({ method, path }) => ({
    method,
    path: { type: 'RegularExpression', value: path },
  }));
  route(scope, { facts, name: server, server, matches: requests });
  const paths = [probes.readiness.path, probes.liveness.path, probes.startup?.path].filter(
    (path) => path !== undefined,
  );
  if (paths.length > 0) {
    const name = `${server}-probes`;
    const matches = [...new Set(paths)].map((value) => ({ method: 'GET', path: { type: 'Exact', value } }));
    route(scope, { facts, name, server, matches });
    const target = { group: GROUP, kind: 'HTTPRoute', name };
    authorize(scope, {
      facts,
      target,
      id: name,
      kind: 'NetworkAuthentication',
      who: `${facts.name}-kubelet`,
    });
  }
  return { group: GROUP, kind: 'HTTPRoute', name: server };
}

interface Route {
  readonly facts: ApplicationFacts;
  readonly name: string;
  readonly server: string;
  readonly matches: readonly JsonObject[];
}

function route(scope: Construct, { facts, name, server, matches }: Route): void {
  customObject(scope, `${GROUP}/v1beta3 HTTPRoute`, metadata(facts, name), {
    spec: { parentRefs: [{ group: GROUP, kind: 'Server', name: server }], rules: [{ matches }] },
  });
}

interface Networks {
  readonly facts: ApplicationFacts;
  readonly name: string;
  readonly networks: readonly string[];
}

function networkAuthentication(scope: Construct, { facts, name, networks }: Networks): void {
  customObject(scope, `${GROUP}/v1alpha1 NetworkAuthentication`, metadata(facts, name), {
    spec: { networks: networks.map((cidr) => ({ cidr })) },
  });
}

interface Authorization {
  readonly facts: ApplicationFacts;
  readonly id: string;
  readonly target: JsonObject;
  readonly kind: 'MeshTLSAuthentication' | 'NetworkAuthentication';
  /** Name of the authentication. */
  readonly who: string;
}

function authorize(scope: Construct, { facts, id, target, kind, who }: Authorization): void {
  customObject(scope, `${GROUP}/v1alpha1 AuthorizationPolicy`, metadata(facts, id), {
    spec: { targetRef: target, requiredAuthenticationRefs: [{ group: GROUP, kind, name: who }] },
  });
}

function metadata(facts: ApplicationFacts, name: string): CustomMetadata {
  return { name, namespace: facts.namespace, labels: applicationLabels(facts) };
}

/** The mesh identity of an application: that of its ServiceAccount. */
function identity({ name, namespace }: Peer): string {
  return `${name}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
}

function protocolOf(appProtocol: string | undefined): string {
  if (appProtocol === 'kubernetes.io/h2c' || appProtocol === 'grpc') return 'HTTP/2';
  return appProtocol === 'http' ? 'HTTP/1' : 'unknown';
}
