import { jsonEqual } from '../../model/json-equal.ts';
import { at, type Fields, fieldsAt, type KubeObject, listAt, stringAt } from '../../model/kube-object.ts';
import { controlledBy, NOTHING, type Rule, type View } from '../rule.ts';
import { giveAddress } from './ingress.ts';
import { isReady } from './pod-template.ts';

const SLICES = 'endpointslices.discovery.k8s.io';

/** The addresses of the pods that a Service selects are kept in one EndpointSlice. */
export const serviceRule: Rule = {
  resource: 'services',
  watches: ['pods'],
  decide(service, view) {
    const selector = fieldsAt(service, 'spec', 'selector') as Record<string, string>;
    if (service.metadata.deletionTimestamp !== undefined) return NOTHING;
    const address =
      stringAt(service, 'spec', 'type') === 'LoadBalancer' ? giveAddress(service, 'services').actions : [];
    if (Object.keys(selector).length === 0) return { actions: address };
    const wanted = sliceOf(service, selectedPods(service, selector, view));
    const live = view.get(SLICES, service.metadata.namespace ?? '', wanted.metadata.name ?? '');
    if (live === undefined)
      return { actions: [...address, { do: 'create', resource: SLICES, object: wanted }] };
    if (jsonEqual([live.endpoints, live.ports], [wanted.endpoints, wanted.ports]))
      return { actions: address };
    const object = { ...live, endpoints: wanted.endpoints, ports: wanted.ports };
    return { actions: [...address, { do: 'update', resource: SLICES, object }] };
  },
};

function selectedPods(
  service: KubeObject,
  selector: Record<string, string>,
  view: View,
): readonly KubeObject[] {
  const wanted = Object.entries(selector);
  return view.list('pods', service.metadata.namespace).filter(({ metadata, status }) => {
    const fits = wanted.every(([name, value]) => metadata.labels?.[name] === value);
    return fits && metadata.deletionTimestamp === undefined && stringAt(status, 'podIP') !== undefined;
  });
}

function sliceOf(service: KubeObject, pods: readonly KubeObject[]): KubeObject {
  const { name = '', namespace = '' } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-simulated`,
      namespace,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'drydock-simulation',
      },
      ownerReferences: controlledBy(service),
    },
    addressType: 'IPv4',
    endpoints: pods.map(endpointOf),
    ports: listAt(service, 'spec', 'ports').map((port) => portOf(fieldsAt(port), pods[0])),
  };
}

function endpointOf(pod: KubeObject): Fields {
  const ready = isReady(pod);
  const { name, namespace, uid } = pod.metadata;
  return {
    addresses: [stringAt(pod, 'status', 'podIP')],
    conditions: { ready, serving: ready, terminating: false },
    nodeName: stringAt(pod, 'spec', 'nodeName'),
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}

function portOf(port: Fields, pod: KubeObject | undefined): Fields {
  const target = port.targetPort ?? port.port;
  const resolved = typeof target === 'string' ? namedPort(target, pod) : target;
  return { name: port.name ?? '', port: resolved ?? port.port, protocol: port.protocol ?? 'TCP' };
}

function namedPort(name: string, pod: KubeObject | undefined): unknown {
  const ports = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  return at(
    ports.find((port) => at(port, 'name') === name),
    'containerPort',
  );
}
