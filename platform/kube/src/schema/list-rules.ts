import type { Schema } from './schema.ts';

/**
 * What Kubernetes' OpenAPI document says about merging, and the generated client does not carry: the
 * `x-kubernetes-list-*`, `-map-type` and `-patch-*` marks of the built-in types, by model and field. A rule is
 * `map(key,…)`, `set`, `atomic` (for objects), `atomic-patch(key)` (a list that server-side apply replaces and a strategic
 * merge patch merges) or `replace-keys` (strategy `retainKeys`). `nopatch` marks lists that a strategic merge patch replaces.
 *
 * Source: https://github.com/kubernetes/kubernetes/blob/v1.34.0/api/openapi-spec/swagger.json
 */
const RULES: Readonly<Record<string, string>> = {
  'V1ObjectMeta.finalizers': 'set',
  'V1ObjectMeta.ownerReferences': 'map(uid)',
  'V1PodSpec.containers': 'map(name)',
  'V1PodSpec.initContainers': 'map(name)',
  'V1PodSpec.ephemeralContainers': 'map(name)',
  'V1PodSpec.hostAliases': 'map(ip)',
  'V1PodSpec.imagePullSecrets': 'map(name)',
  'V1PodSpec.nodeSelector': 'atomic',
  'V1PodSpec.resourceClaims': 'map(name) retainKeys',
  'V1PodSpec.schedulingGates': 'map(name)',
  'V1PodSpec.topologySpreadConstraints': 'map(topologyKey,whenUnsatisfiable)',
  'V1PodSpec.volumes': 'map(name) retainKeys',
  'V1PodStatus.hostIPs': 'atomic-patch(ip)',
  'V1PodStatus.podIPs': 'map(ip)',
  'V1PodStatus.resourceClaimStatuses': 'map(name) retainKeys',
  'V1Container.env': 'map(name)',
  'V1Container.ports': 'map(containerPort,protocol)',
  'V1Container.volumeDevices': 'map(devicePath)',
  'V1Container.volumeMounts': 'map(mountPath)',
  'V1EphemeralContainer.env': 'map(name)',
  'V1EphemeralContainer.ports': 'map(containerPort,protocol)',
  'V1EphemeralContainer.volumeDevices': 'map(devicePath)',
  'V1EphemeralContainer.volumeMounts': 'map(mountPath)',
  'V1ContainerStatus.allocatedResourcesStatus': 'map(name)',
  'V1ContainerStatus.volumeMounts': 'map(mountPath)',
  'V1ResourceRequirements.claims': 'map(name) nopatch',
  'V1ResourceStatus.resources': 'map(resourceID) nopatch',
  'V1NodeSpec.podCIDRs': 'set',
  'V1NodeStatus.addresses': 'map(type)',
  'V1ReplicationControllerSpec.selector': 'atomic',
  'V1ServiceAccount.secrets': 'map(name)',
  'V1ServiceSpec.ports': 'map(port,protocol)',
  'V1ServiceSpec.selector': 'atomic',
  'V1DeploymentSpec.strategy': 'retainKeys',
  'V1JobStatus.conditions': 'atomic-patch(type)',
  'V1UncountedTerminatedPods.failed': 'set',
  'V1UncountedTerminatedPods.succeeded': 'set',
  'V1PodDisruptionBudgetSpec.selector': 'replace',
  'V1Endpoint.addresses': 'set',
  'V1CSIDriverSpec.volumeLifecycleModes': 'set',
  'V1CSINodeSpec.drivers': 'map(name)',
  'V1MutatingWebhookConfiguration.webhooks': 'map(name)',
  'V1ValidatingWebhookConfiguration.webhooks': 'map(name)',
  'V1MutatingWebhook.matchConditions': 'map(name)',
  'V1ValidatingWebhook.matchConditions': 'map(name)',
  'V1ValidatingAdmissionPolicySpec.matchConditions': 'map(name)',
  'V1ValidatingAdmissionPolicySpec.variables': 'map(name)',
  'V1ValidatingAdmissionPolicyBindingSpec.validationActions': 'set',
  'V1Scheduling.nodeSelector': 'atomic',
  'V1JSONSchemaProps.x-kubernetes-validations': 'map(rule)',
  'V1CustomResourceDefinitionStatus.conditions': 'map(type) nopatch',
  'V1ValidatingAdmissionPolicyStatus.conditions': 'map(type) nopatch',
  'V1CertificateSigningRequestStatus.conditions': 'map(type) nopatch',
};

/** Status types whose conditions are a map by `type`: all of them but those of the table above. */
const CONDITIONS = /^V\d(?:alpha\d|beta\d)?\w*Status\.conditions$/;

/** Types that are replaced as a whole wherever they stand. */
const ATOMIC_MODELS: ReadonlySet<string> = new Set(
  `V1MatchResources V1NamedRuleWithOperations V1ParamKind V1ParamRef V1Variable V1CrossVersionObjectReference
  V1ConfigMapKeySelector V1EndpointAddress CoreV1EndpointPort DiscoveryV1EndpointPort V1FileKeySelector
  V1LocalObjectReference V1NodeSelector V1NodeSelectorTerm V1ObjectFieldSelector V1ObjectReference
  V1ResourceFieldSelector V1ScopeSelector V1SecretKeySelector V1SecretReference V1TopologySelectorTerm
  V1TypedLocalObjectReference V1ServiceBackendPort V1RoleRef RbacV1Subject V1LabelSelector V1OwnerReference`.split(
    /\s+/,
  ),
);

/** @returns the merge marks of one field of a built-in type. */
export function mergeMarks(model: string, field: string, fieldModel: string | undefined): Partial<Schema> {
  const path = `${model}.${field}`;
  const rule = RULES[path] ?? (CONDITIONS.test(path) ? 'map(type)' : undefined);
  if (rule !== undefined) return marksOf(rule);
  const atomic =
    fieldModel !== undefined && ATOMIC_MODELS.has(fieldModel) && path !== 'V1PersistentVolumeSpec.claimRef';
  return atomic ? { 'x-kubernetes-map-type': 'atomic' } : {};
}

function marksOf(rule: string): Partial<Schema> {
  if (rule === 'atomic') return { 'x-kubernetes-map-type': 'atomic' };
  if (rule === 'set') return { 'x-kubernetes-list-type': 'set', 'x-kubernetes-patch-strategy': 'merge' };
  const [, type, list = '', flag] = /^(map|atomic-patch)\(([^)]*)\)(?: (\w+))?$/.exec(rule) ?? [];
  if (type === undefined) return { 'x-kubernetes-patch-strategy': rule };
  const keys = list.split(',');
  const patch = {
    'x-kubernetes-patch-strategy': flag === 'retainKeys' ? 'merge,retainKeys' : 'merge',
    'x-kubernetes-patch-merge-key': keys[0],
  };
  const merge = type === 'map' ? { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys } : {};
  return { ...merge, ...(flag === 'nopatch' ? {} : patch) };
}
