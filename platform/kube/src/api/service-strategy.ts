import { fieldsAt, type KubeObject, listAt, stringAt } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import { requiredValue } from './metadata-rules.ts';
import type { Strategy } from './strategy.ts';
import type { WriteEnvironment } from './write-context.ts';

/** Services get an address of the service subnet; node ports are allocated from 30000. */
export const serviceStrategy: Strategy = {
  prepareCreate: (object, environment) => allocate(object, environment),
  prepareUpdate: (object, live, environment) => {
    const { clusterIP, clusterIPs } = fieldsAt(live, 'spec');
    const spec = fieldsAt(object, 'spec');
    if (spec.type === 'ExternalName') return object;
    const kept = spec.clusterIP ? spec : { ...spec, clusterIP, clusterIPs };
    return allocate({ ...object, spec: { ...kept, ports: keepNodePorts(kept.ports, live) } }, environment);
  },
  validate: (object) => portProblems(object),
};

function allocate(object: KubeObject, environment: WriteEnvironment): KubeObject {
  const spec = fieldsAt(object, 'spec');
  if (spec.type === 'ExternalName') return object;
  const clusterIP = stringAt(spec, 'clusterIP') || freeAddress(environment);
  const families = { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
  const exposed = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const ports = exposed ? addNodePorts(listAt(spec, 'ports'), environment) : spec.ports;
  const addressed = {
    ...families,
    ...spec,
    clusterIP,
    clusterIPs: [clusterIP],
    ...(ports === undefined ? {} : { ports }),
  };
  return { ...object, spec: addressed, status: object.status ?? { loadBalancer: {} } };
}

function freeAddress({ list, serviceSubnet }: WriteEnvironment): string {
  const used = new Set(list('services').map(({ object }) => stringAt(object, 'spec', 'clusterIP')));
  const [address = '10.96.0.0', bits = '16'] = serviceSubnet.split('/');
  const base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  for (let offset = 2; offset < size - 1; offset++) {
    const candidate = dotted(base + offset);
    if (!used.has(candidate)) return candidate;
  }
  throw new Error(`service subnet ${serviceSubnet} is used up`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function addNodePorts(ports: readonly unknown[], { list }: WriteEnvironment): readonly unknown[] {
  const used = new Set(
    list('services').flatMap(({ object }) =>
      listAt(object, 'spec', 'ports').map((port) => fieldsAt(port).nodePort),
    ),
  );
  let next = 30000;
  return ports.map((port) => {
    const fields = fieldsAt(port);
    if (fields.nodePort !== undefined) return fields;
    while (used.has(next)) next++;
    return { ...fields, nodePort: next++ };
  });
}

function keepNodePorts(ports: unknown, live: KubeObject): unknown {
  if (!Array.isArray(ports)) return ports;
  const former = new Map(
    listAt(live, 'spec', 'ports').map((port) => [fieldsAt(port).port, fieldsAt(port).nodePort]),
  );
  return ports.map((port) => {
    const nodePort = fieldsAt(port).nodePort ?? former.get(fieldsAt(port).port);
    return nodePort === undefined ? port : { ...fieldsAt(port), nodePort };
  });
}

function portProblems(object: KubeObject): readonly StatusCause[] {
  const spec = fieldsAt(object, 'spec');
  const ports = listAt(spec, 'ports');
  if (ports.length === 0)
    return spec.clusterIP === 'None' || spec.type === 'ExternalName' ? [] : [requiredValue('spec.ports')];
  if (ports.length === 1) return [];
  return ports.flatMap((port, index) =>
    stringAt(port, 'name') ? [] : [requiredValue(`spec.ports[${index}].name`)],
  );
}
