import { createHash } from 'node:crypto';
import type { ClusterApi } from '../api/cluster-api.ts';
import { DEFINITIONS } from '../api/definitions.ts';
import { timestamp } from '../api/write-context.ts';
import type { ResolvedOptions } from '../cluster-options.ts';
import { type KubeObject, stringAt } from '../model/kube-object.ts';

const WRITER = { manager: 'drydock-bootstrap' };
const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Brings in what every cluster has from the start: definitions, namespaces, nodes and the service `kubernetes`. */
export function bootstrap(api: ClusterApi, options: ResolvedOptions): void {
  for (const definition of options.crds) ensureDefinition(api, definition);
  for (const name of NAMESPACES)
    ensure(api, 'namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const node of options.nodes) ensureNode(api, node, options);
  ensure(api, 'services', kubernetesService(options));
  ensure(api, 'storageclasses.storage.k8s.io', STORAGE_CLASS);
}

const STORAGE_CLASS: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', 'drydock.dev/simulated': 'true' },
  },
  provisioner: 'simulated.drydock.dev',
};

/** The annotation by which a later start sees whether a definition that it brings is another one. */
const SOURCE = 'drydock.dev/definition';

function ensureDefinition(api: ClusterApi, definition: object): void {
  const { apiVersion, kind, metadata, spec } = definition as KubeObject;
  const name = stringAt(metadata, 'name') ?? '';
  const source = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
  const live = api.store.get(DEFINITIONS, '', name)?.object;
  if (live?.metadata.annotations?.[SOURCE] === source) return;
  const annotations = { ...metadata.annotations, [SOURCE]: source };
  const object: KubeObject = { apiVersion, kind, metadata: { name, annotations }, spec };
  const type = api.registry.get(DEFINITIONS);
  if (live === undefined) ensure(api, DEFINITIONS, object);
  else if (type) api.update({ type, namespace: '', name }, object, WRITER);
}

function ensure(api: ClusterApi, resource: string, object: KubeObject): void {
  const type = api.registry.get(resource);
  const { name = '', namespace = '' } = object.metadata;
  if (type && api.store.get(resource, namespace, name) === undefined)
    api.create(type, namespace, object, WRITER);
}

function kubernetesService({ serviceSubnet }: ResolvedOptions): KubeObject {
  const clusterIP = serviceSubnet.replace(/\.\d+\/\d+$/, '.1');
  const labels = { component: 'apiserver', provider: 'kubernetes' };
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels },
    spec: { clusterIP, ports },
  };
}

function ensureNode(api: ClusterApi, node: ResolvedOptions['nodes'][number], options: ResolvedOptions): void {
  ensure(api, 'nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': process.arch === 'arm64' ? 'arm64' : 'amd64',
        'drydock.dev/simulated': 'true',
        ...node.labels,
      },
      annotations: { 'drydock.dev/simulated': 'true' },
    },
    spec: { podCIDR: options.podSubnet, podCIDRs: [options.podSubnet] },
  });
  const type = api.registry.get('nodes');
  const live = type && api.find({ type, namespace: '', name: node.name })?.object;
  if (!type || !live || stringAt(live, 'status', 'phase')) return;
  const status = nodeStatus(node.name, options);
  if (live.status === undefined)
    api.modify({ type, namespace: '', name: node.name }, (each) => ({ ...each, status }), {
      ...WRITER,
      subresource: 'status',
    });
}

function nodeStatus(name: string, { kubernetesVersion, clock }: ResolvedOptions): Record<string, unknown> {
  const time = timestamp(clock.now());
  const resources = { cpu: '8', memory: '16Gi', pods: '1000', 'ephemeral-storage': '100Gi' };
  const condition = { lastHeartbeatTime: time, lastTransitionTime: time };
  return {
    capacity: resources,
    allocatable: resources,
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Simulated',
        message: 'this node is simulated, no container runs on it',
        ...condition,
      },
    ],
    addresses: [
      { type: 'InternalIP', address: '127.0.0.1' },
      { type: 'Hostname', address: name },
    ],
    nodeInfo: {
      kubeletVersion: `${kubernetesVersion}+drydock`,
      kubeProxyVersion: '',
      containerRuntimeVersion: 'simulated://1',
      osImage: 'simulated',
      operatingSystem: 'linux',
      architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
      kernelVersion: '',
      machineID: '',
      systemUUID: '',
      bootID: '',
    },
  };
}
