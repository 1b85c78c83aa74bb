import type { Addon, Application, Unit, Workload } from '@drydock/model';

/** A kind in an AppProject's white list. */
export interface ResourceKind {
  readonly [key: string]: string;
  readonly group: string;
  readonly kind: string;
}

const ALWAYS = [
  'ServiceAccount',
  'apps/Deployment',
  'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget',
];

/** Kinds that an application brings only if it uses a feature. */
const BY_FEATURE: readonly (readonly [(workload: Workload) => boolean, readonly string[]])[] = [
  [({ ports }) => ports.length > 0, ['Service']],
  [
    ({ config, database }) => Object.keys(config).length > 0 || database?.migrations !== undefined,
    ['ConfigMap'],
  ],
  [
    ({ autoscaling, rollout }) => autoscaling !== undefined || rollout.strategy !== 'rolling',
    ['autoscaling/HorizontalPodAutoscaler'],
  ],
  [({ secrets }) => Object.keys(secrets).length > 0, ['external-secrets.io/ExternalSecret']],
  [({ expose }) => expose !== undefined, ['gateway.networking.k8s.io/HTTPRoute']],
  [({ rollout }) => rollout.strategy !== 'rolling', ['flagger.app/Canary']],
  [
    ({ mesh }) => mesh,
    ['AuthorizationPolicy', 'HTTPRoute', 'MeshTLSAuthentication', 'NetworkAuthentication', 'Server'].map(
      (kind) => `policy.linkerd.io/${kind}`,
    ),
  ],
  [({ exportTo }) => exportTo !== undefined, ['multicluster.x-k8s.io/ServiceExport']],
  [({ database }) => database !== undefined, ['postgresql.cnpg.io/Cluster']],
  [({ database }) => database?.migrations !== undefined, ['db.atlasgo.io/AtlasMigration']],
  [({ jobs }) => Object.values(jobs).some(({ schedule }) => schedule === undefined), ['batch/Job']],
  [({ jobs }) => Object.values(jobs).some(({ schedule }) => schedule !== undefined), ['batch/CronJob']],
  [({ metrics }) => metrics !== undefined, ['operator.victoriametrics.com/VMPodScrape']],
  [
    ({ network, database, mesh, expose }) =>
      expose !== undefined ||
      (network.http.length > 0 && !mesh) ||
      network.to.some((one) => 'host' in one) ||
      database !== undefined,
    ['cilium.io/CiliumNetworkPolicy'],
  ],
];

/** What Helm charts of operators install for the whole cluster, beside objects of their own kinds. */
const ADDON_CLUSTER_KINDS = [
  'Namespace',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'gateway.networking.k8s.io/GatewayClass',
  'networking.k8s.io/IngressClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/StorageClass',
];

const ADDON_KINDS = [
  'ConfigMap',
  'Endpoints',
  'PersistentVolumeClaim',
  'Pod',
  'Secret',
  'Service',
  'ServiceAccount',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/StatefulSet',
  'autoscaling/HorizontalPodAutoscaler',
  'batch/CronJob',
  'batch/Job',
  'discovery.k8s.io/EndpointSlice',
  'networking.k8s.io/Ingress',
  'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
];

/** The cluster-wide kinds that these units may bring. */
export function clusterKinds(units: readonly Unit[]): readonly ResourceKind[] {
  const addons = units.filter((unit) => unit.kind === 'Addon');
  return addons.length > 0 ? [...ADDON_CLUSTER_KINDS.map(parse), ...ownKinds(addons)] : [parse('Namespace')];
}

/** The namespaced kinds that these units may bring. */
export function namespacedKinds(units: readonly Unit[]): readonly ResourceKind[] {
  const addons = units.filter((unit) => unit.kind === 'Addon');
  if (addons.length > 0) return [...ADDON_KINDS.map(parse), ...ownKinds(addons)];
  const applications = units.filter((unit) => unit.kind === 'Application');
  return applicationKinds(applications).map(parse);
}

function applicationKinds(applications: readonly Application[]): readonly string[] {
  const workloads = applications.flatMap(({ workload, workloads }) => [
    workload,
    ...Object.values(workloads),
  ]);
  const used = BY_FEATURE.filter(([uses]) => workloads.some(uses)).flatMap(([, kinds]) => kinds);
  return [...new Set([...ALWAYS, ...used])].sort();
}

/** Every kind of the API groups whose CRDs these addons own. */
function ownKinds(addons: readonly Addon[]): readonly ResourceKind[] {
  const groups = addons.flatMap(
    ({ crds }) => crds?.names.map((name) => name.slice(name.indexOf('.') + 1)) ?? [],
  );
  return [...new Set(groups)].sort().map((group) => ({ group, kind: '*' }));
}

function parse(text: string): ResourceKind {
  const [kind = '', group = ''] = text.split('/').reverse();
  return { group, kind };
}
