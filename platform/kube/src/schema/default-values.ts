import { type Fields, isFields } from '../model/kube-object.ts';

/**
 * Values that the API server fills in for built-in types, by model and field.
 * Source: the `zz_generated.defaults.go` and `defaults.go` of https://github.com/kubernetes/kubernetes/tree/v1.34.0/pkg/apis
 */
export const DEFAULT_VALUES: Readonly<Record<string, Fields>> = {
  V1PodSpec: {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
  },
  V1Container: {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  },
  V1ContainerPort: { protocol: 'TCP' },
  V1ServicePort: { protocol: 'TCP' },
  V1NetworkPolicyPort: { protocol: 'TCP' },
  V1Probe: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  V1HTTPGetAction: { path: '/', scheme: 'HTTP' },
  V1ObjectFieldSelector: { apiVersion: 'v1' },
  V1ConfigMapVolumeSource: { defaultMode: 420 },
  V1SecretVolumeSource: { defaultMode: 420 },
  V1ProjectedVolumeSource: { defaultMode: 420 },
  V1DownwardAPIVolumeSource: { defaultMode: 420 },
  V1ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  V1HostPathVolumeSource: { type: '' },
  V1DeploymentSpec: {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate' },
  },
  V1DeploymentStrategy: { type: 'RollingUpdate' },
  V1RollingUpdateDeployment: { maxUnavailable: '25%', maxSurge: '25%' },
  V1ReplicaSetSpec: { replicas: 1 },
  V1StatefulSetSpec: {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  },
  V1RollingUpdateStatefulSetStrategy: { partition: 0 },
  V1DaemonSetSpec: { revisionHistoryLimit: 10, updateStrategy: { type: 'RollingUpdate' } },
  V1RollingUpdateDaemonSet: { maxUnavailable: 1, maxSurge: 0 },
  V1JobSpec: {
    parallelism: 1,
    completions: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  },
  V1CronJobSpec: {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  V1ServiceSpec: { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' },
  V1Secret: { type: 'Opaque' },
  V1PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  V1PersistentVolumeSpec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
  V1StorageClass: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  V1PriorityClass: { preemptionPolicy: 'PreemptLowerPriority' },
  V1RoleRef: { apiGroup: 'rbac.authorization.k8s.io' },
  V2HorizontalPodAutoscalerSpec: { minReplicas: 1 },
  V1CustomResourceDefinitionSpec: { conversion: { strategy: 'None' } },
};

/** Defaults that depend on the other fields of the same object. */
export const COMPUTED_DEFAULTS: Readonly<Record<string, (object: Fields) => Fields>> = {
  V1Container: ({ image }) => ({ imagePullPolicy: pullPolicy(image) }),
  V1ServicePort: ({ port }) => ({ targetPort: port }),
  V1NetworkPolicySpec: ({ egress }) => ({ policyTypes: egress ? ['Ingress', 'Egress'] : ['Ingress'] }),
  RbacV1Subject: ({ kind }) => (kind === 'ServiceAccount' ? {} : { apiGroup: 'rbac.authorization.k8s.io' }),
  V1DeploymentStrategy: ({ type }) =>
    type === 'Recreate' ? {} : { rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
  V1StatefulSetUpdateStrategy: ({ type }) => (type === 'OnDelete' ? {} : { rollingUpdate: { partition: 0 } }),
  V1DaemonSetUpdateStrategy: ({ type }) =>
    type === 'OnDelete' ? {} : { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
  V1ReplicaSetSpec: ({ template }) => selectorOf(template),
};

/** https://kubernetes.io/docs/concepts/containers/images/#imagepullpolicy-defaulting */
function pullPolicy(image: unknown): string {
  if (typeof image !== 'string' || image.includes('@')) return 'IfNotPresent';
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function selectorOf(template: unknown): Fields {
  const labels = isFields(template) && isFields(template.metadata) ? template.metadata.labels : undefined;
  return isFields(labels) ? { selector: { matchLabels: labels } } : {};
}
