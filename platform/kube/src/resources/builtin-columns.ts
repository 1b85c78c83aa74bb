import { readAll, readPath } from '../model/json-path.ts';
import { at, fieldsAt, type KubeObject, listAt, numberAt, stringAt } from '../model/kube-object.ts';
import type { PrinterColumn } from './resource-type.ts';

/**
 * The columns that kubectl shows for built-in kinds, beside name and age. A title with `+` in front is shown with
 * `-o wide` only; a text is a JSON path.
 * Source: https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/printers/internalversion/printers.go
 */
const COLUMNS: Readonly<
  Record<string, Readonly<Record<string, string | ((object: KubeObject) => unknown)>>>
> = {
  Namespace: { Status: '.status.phase' },
  Pod: {
    Ready: (pod) => `${readyContainers(pod)}/${listAt(pod, 'spec', 'containers').length}`,
    Status: podStatus,
    Restarts: (pod) => String(sum(pod, '.status.containerStatuses[*].restartCount')),
    '+IP': '.status.podIP',
    '+Node': '.spec.nodeName',
    '+Nominated Node': '.status.nominatedNodeName',
    '+Readiness Gates': () => undefined,
  },
  Deployment: {
    Ready: (each) => `${number(each, '.status.readyReplicas')}/${number(each, '.spec.replicas')}`,
    'Up-to-date': (each) => number(each, '.status.updatedReplicas'),
    Available: (each) => number(each, '.status.availableReplicas'),
    ...templateColumns(),
  },
  ReplicaSet: {
    Desired: (each) => number(each, '.spec.replicas'),
    Current: (each) => number(each, '.status.replicas'),
    Ready: (each) => number(each, '.status.readyReplicas'),
    ...templateColumns(),
  },
  StatefulSet: {
    Ready: (each) => `${number(each, '.status.readyReplicas')}/${number(each, '.spec.replicas')}`,
    ...templateColumns(),
  },
  DaemonSet: {
    Desired: (each) => number(each, '.status.desiredNumberScheduled'),
    Current: (each) => number(each, '.status.currentNumberScheduled'),
    Ready: (each) => number(each, '.status.numberReady'),
    'Up-to-date': (each) => number(each, '.status.updatedNumberScheduled'),
    Available: (each) => number(each, '.status.numberAvailable'),
    'Node Selector': (each) => labels(fieldsAt(each, 'spec', 'template', 'spec', 'nodeSelector')),
    ...templateColumns(),
  },
  Job: {
    Status: jobStatus,
    Completions: (job) => `${number(job, '.status.succeeded')}/${numberAt(job, 'spec', 'completions') ?? 1}`,
    ...templateColumns(),
  },
  CronJob: {
    Schedule: '.spec.schedule',
    Timezone: '.spec.timeZone',
    Suspend: (each) => capital(readPath(each, '.spec.suspend') ?? false),
    Active: (each) => listAt(each, 'status', 'active').length,
    'Last Schedule': '.status.lastScheduleTime',
  },
  Service: {
    Type: '.spec.type',
    'Cluster-IP': '.spec.clusterIP',
    'External-IP': (service) => externalAddress(service),
    'Port(s)': (service) => listAt(service, 'spec', 'ports').map(servicePort).join(',') || undefined,
    '+Selector': (service) => labels(fieldsAt(service, 'spec', 'selector')),
  },
  EndpointSlice: {
    AddressType: '.addressType',
    Ports: (slice) =>
      listAt(slice, 'ports')
        .map((port) => at(port, 'port') ?? '*')
        .join(',') || '<unset>',
    Endpoints: (slice) => readAll(slice, '.endpoints[*].addresses[*]').join(',') || '<unset>',
  },
  Node: {
    Status: nodeStatus,
    Roles: nodeRoles,
    Version: '.status.nodeInfo.kubeletVersion',
    '+Internal-IP': '.status.addresses[?(@.type=="InternalIP")].address',
    '+OS-Image': '.status.nodeInfo.osImage',
    '+Container-Runtime': '.status.nodeInfo.containerRuntimeVersion',
  },
  ConfigMap: { Data: (each) => count(each, 'data') + count(each, 'binaryData') },
  Secret: { Type: '.type', Data: (each) => count(each, 'data') },
  ServiceAccount: { Secrets: (each) => listAt(each, 'secrets').length },
  PersistentVolumeClaim: {
    Status: '.status.phase',
    Volume: '.spec.volumeName',
    Capacity: '.status.capacity.storage',
    'Access Modes': (claim) => listAt(claim, 'spec', 'accessModes').map(shortMode).join(','),
    StorageClass: '.spec.storageClassName',
  },
  PersistentVolume: {
    Capacity: '.spec.capacity.storage',
    'Access Modes': (volume) => listAt(volume, 'spec', 'accessModes').map(shortMode).join(','),
    'Reclaim Policy': '.spec.persistentVolumeReclaimPolicy',
    Status: '.status.phase',
    Claim: (volume) =>
      readAll(volume, '.spec.claimRef.namespace').map(
        (namespace) => `${namespace}/${readPath(volume, '.spec.claimRef.name')}`,
      )[0],
    StorageClass: '.spec.storageClassName',
  },
  Ingress: {
    Class: '.spec.ingressClassName',
    Hosts: (ingress) => readAll(ingress, '.spec.rules[*].host').join(',') || '*',
    Address: (ingress) => balancerAddresses(ingress).join(',') || undefined,
    Ports: (ingress) => (listAt(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80'),
  },
  NetworkPolicy: { 'Pod-Selector': (each) => labels(fieldsAt(each, 'spec', 'podSelector', 'matchLabels')) },
  HorizontalPodAutoscaler: {
    Reference: (each) =>
      `${readPath(each, '.spec.scaleTargetRef.kind')}/${readPath(each, '.spec.scaleTargetRef.name')}`,
    MinPods: '.spec.minReplicas',
    MaxPods: '.spec.maxReplicas',
    Replicas: (each) => number(each, '.status.currentReplicas'),
  },
  PodDisruptionBudget: {
    'Min Available': (each) => readPath(each, '.spec.minAvailable') ?? 'N/A',
    'Max Unavailable': (each) => readPath(each, '.spec.maxUnavailable') ?? 'N/A',
    'Allowed Disruptions': (each) => number(each, '.status.disruptionsAllowed'),
  },
  StorageClass: {
    Provisioner: '.provisioner',
    ReclaimPolicy: '.reclaimPolicy',
    VolumeBindingMode: '.volumeBindingMode',
  },
  RoleBinding: { Role: (each) => `${readPath(each, '.roleRef.kind')}/${readPath(each, '.roleRef.name')}` },
  ClusterRoleBinding: {
    Role: (each) => `${readPath(each, '.roleRef.kind')}/${readPath(each, '.roleRef.name')}`,
  },
  Lease: { Holder: '.spec.holderIdentity' },
  CustomResourceDefinition: { 'Created At': '.metadata.creationTimestamp' },
  Event: {
    'Last Seen': '.lastTimestamp',
    Type: '.type',
    Reason: '.reason',
    Object: (event) =>
      `${String(readPath(event, '.involvedObject.kind')).toLowerCase()}/${readPath(event, '.involvedObject.name')}`,
    '+Source': '.source.component',
    Message: '.message',
    '+Count': '.count',
    '+Name': '.metadata.name',
  },
};

/** Kinds whose own columns say how old they are. */
const AGELESS: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'Event']);
const DATES: ReadonlySet<string> = new Set(['Last Seen', 'Last Schedule']);

const NAME: PrinterColumn = { name: 'Name', type: 'string', format: 'name', jsonPath: '.metadata.name' };

/** @returns the columns of a built-in kind. */
export function columnsOf(kind: string): readonly PrinterColumn[] {
  const own = Object.entries(COLUMNS[kind] ?? {}).map(([title, value]) => columnOf(title, value));
  const age: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
  if (kind === 'Event') return own;
  if (AGELESS.has(kind)) return [NAME, ...own];
  const wide = own.findIndex(({ priority }) => priority === 1);
  return wide === -1 ? [NAME, ...own, age] : [NAME, ...own.slice(0, wide), age, ...own.slice(wide)];
}

function columnOf(title: string, value: string | ((object: KubeObject) => unknown)): PrinterColumn {
  const wide = title.startsWith('+');
  const name = wide ? title.slice(1) : title;
  const column = { name, type: DATES.has(name) ? 'date' : 'string', priority: wide ? 1 : 0 };
  return typeof value === 'string' ? { ...column, jsonPath: value } : { ...column, jsonPath: '', value };
}

function templateColumns(): Readonly<Record<string, string | ((object: KubeObject) => unknown)>> {
  return {
    '+Containers': (each) => readAll(each, '.spec.template.spec.containers[*].name').join(','),
    '+Images': (each) => readAll(each, '.spec.template.spec.containers[*].image').join(','),
    '+Selector': (each) => labels(fieldsAt(each, 'spec', 'selector', 'matchLabels')),
  };
}

function readyContainers(pod: KubeObject): number {
  return readAll(pod, '.status.containerStatuses[*].ready').filter(Boolean).length;
}

function podStatus(pod: KubeObject): unknown {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const reasons = [
    '.status.containerStatuses[*].state.waiting.reason',
    '.status.containerStatuses[*].state.terminated.reason',
  ];
  return reasons.flatMap((path) => readAll(pod, path))[0] ?? readPath(pod, '.status.phase');
}

function jobStatus(job: KubeObject): string {
  const condition = (type: string) =>
    readPath(job, `.status.conditions[?(@.type=="${type}")].status`) === 'True';
  if (condition('Complete')) return 'Complete';
  if (condition('Failed')) return 'Failed';
  return readPath(job, '.spec.suspend') === true ? 'Suspended' : 'Running';
}

function nodeStatus(node: KubeObject): string {
  const ready =
    readPath(node, '.status.conditions[?(@.type=="Ready")].status') === 'True' ? 'Ready' : 'NotReady';
  return readPath(node, '.spec.unschedulable') === true ? `${ready},SchedulingDisabled` : ready;
}

function nodeRoles(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {}).filter((label) => label.startsWith(prefix));
  return roles.map((label) => label.slice(prefix.length)).join(',') || '<none>';
}

function externalAddress(service: KubeObject): unknown {
  if (readPath(service, '.spec.type') === 'ExternalName') return readPath(service, '.spec.externalName');
  const addresses = [...balancerAddresses(service), ...listAt(service, 'spec', 'externalIPs')];
  if (addresses.length > 0) return addresses.join(',');
  return readPath(service, '.spec.type') === 'LoadBalancer' ? '<pending>' : undefined;
}

function balancerAddresses(object: KubeObject): readonly unknown[] {
  return ['ip', 'hostname'].flatMap((field) => readAll(object, `.status.loadBalancer.ingress[*].${field}`));
}

function servicePort(port: unknown): string {
  const node = at(port, 'nodePort');
  return `${at(port, 'port')}${node ? `:${node}` : ''}/${stringAt(port, 'protocol') ?? 'TCP'}`;
}

function shortMode(mode: unknown): string {
  return String(mode).replaceAll(/[^A-Z]/g, '');
}

function labels(map: Readonly<Record<string, unknown>>): string | undefined {
  return (
    Object.entries(map)
      .map(([name, value]) => `${name}=${value}`)
      .join(',') || undefined
  );
}

function number(object: KubeObject, path: string): number {
  return Number(readPath(object, path) ?? 0);
}

function sum(object: KubeObject, path: string): number {
  return readAll(object, path).reduce((total: number, value) => total + Number(value), 0);
}

function count(object: KubeObject, field: string): number {
  return Object.keys(fieldsAt(object, field)).length;
}

function capital(value: unknown): string {
  return value ? 'True' : 'False';
}
