import type { Unit } from '@drydock/model';

/** A kind in an AppProject's white list. */
export interface ResourceKind {
  readonly [key: string]: string;
  readonly group: string;
  readonly kind: string;
}

const APPLICATION_KINDS = [
  'ServiceAccount',
  'Service',
  'apps/Deployment',
  'autoscaling/HorizontalPodAutoscaler',
  'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget',
];

/** What Helm charts of operators install for the whole cluster, beside their CRDs. */
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
  return parse(units.some(({ kind }) => kind === 'Addon') ? ADDON_CLUSTER_KINDS : ['Namespace']);
}

/** The namespaced kinds that these units may bring. */
export function namespacedKinds(units: readonly Unit[]): readonly ResourceKind[] {
  return parse(units.some(({ kind }) => kind === 'Addon') ? ADDON_KINDS : APPLICATION_KINDS);
}

function parse(kinds: readonly string[]): readonly ResourceKind[] {
  return kinds.map((text) => {
    const [kind = '', group = ''] = text.split('/').reverse();
    return { group, kind };
  });
}
