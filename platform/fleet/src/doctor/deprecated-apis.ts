/** An API version that Kubernetes has given up. */
export interface DeprecatedApi {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** First minor version of Kubernetes 1 that warns about it. */
  readonly deprecated: number;
  /** First minor version of Kubernetes 1 that does not serve it any more. */
  readonly removed: number;
  readonly instead: string;
}

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/, from 1.22 on. */
export const DEPRECATED_APIS: readonly DeprecatedApi[] = [
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['Ingress'],
    deprecated: 14,
    removed: 22,
    instead: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress', 'IngressClass'],
    deprecated: 19,
    removed: 22,
    instead: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1beta1',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    deprecated: 17,
    removed: 22,
    instead: 'rbac.authorization.k8s.io/v1',
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    kinds: ['CustomResourceDefinition'],
    deprecated: 16,
    removed: 22,
    instead: 'apiextensions.k8s.io/v1',
  },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], deprecated: 21, removed: 25, instead: 'batch/v1' },
  {
    apiVersion: 'discovery.k8s.io/v1beta1',
    kinds: ['EndpointSlice'],
    deprecated: 21,
    removed: 25,
    instead: 'discovery.k8s.io/v1',
  },
  {
    apiVersion: 'events.k8s.io/v1beta1',
    kinds: ['Event'],
    deprecated: 19,
    removed: 25,
    instead: 'events.k8s.io/v1',
  },
  {
    apiVersion: 'autoscaling/v2beta1',
    kinds: ['HorizontalPodAutoscaler'],
    deprecated: 23,
    removed: 25,
    instead: 'autoscaling/v2',
  },
  {
    apiVersion: 'autoscaling/v2beta2',
    kinds: ['HorizontalPodAutoscaler'],
    deprecated: 23,
    removed: 26,
    instead: 'autoscaling/v2',
  },
  {
    apiVersion: 'policy/v1beta1',
    kinds: ['PodDisruptionBudget'],
    deprecated: 21,
    removed: 25,
    instead: 'policy/v1',
  },
  {
    apiVersion: 'policy/v1beta1',
    kinds: ['PodSecurityPolicy'],
    deprecated: 21,
    removed: 25,
    instead: 'Pod Security Admission or Kyverno',
  },
  {
    apiVersion: 'node.k8s.io/v1beta1',
    kinds: ['RuntimeClass'],
    deprecated: 20,
    removed: 25,
    instead: 'node.k8s.io/v1',
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIStorageCapacity'],
    deprecated: 24,
    removed: 27,
    instead: 'storage.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    deprecated: 26,
    removed: 29,
    instead: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    deprecated: 29,
    removed: 32,
    instead: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'v1',
    kinds: ['Endpoints'],
    deprecated: 33,
    removed: Number.POSITIVE_INFINITY,
    instead: 'discovery.k8s.io/v1 EndpointSlice',
  },
];

/** The entry about an object, where there is one. */
export function findDeprecated(apiVersion: unknown, kind: unknown): DeprecatedApi | undefined {
  return DEPRECATED_APIS.find(
    (api) => api.apiVersion === apiVersion && typeof kind === 'string' && api.kinds.includes(kind),
  );
}
