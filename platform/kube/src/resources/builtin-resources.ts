import { modelSchema } from '../schema/model-schema.ts';
import { AUTOSCALER_V1 } from './autoscaler-conversion.ts';
import { columnsOf } from './builtin-columns.ts';
import { type ResourceType, type ResourceVersion, resourceId, type ScalePaths } from './resource-type.ts';

/**
 * The built-in kinds that are served: group/version, kind, plural, short names, and marks:
 * `cluster` (not namespaced), `status`, `scale`, `all` (category), `spec` (counts generations), `model=…`.
 * Source: `kubectl api-resources` of Kubernetes 1.34.
 */
const ROWS = `
v1                              Namespace                        namespaces                       ns      cluster status
v1                              Pod                              pods                             po      status all spec
v1                              Service                          services                         svc     status all
v1                              Endpoints                        endpoints                        ep      -
v1                              ConfigMap                        configmaps                       cm      -
v1                              Secret                           secrets                          -       -
v1                              ServiceAccount                   serviceaccounts                  sa      -
v1                              Node                             nodes                            no      cluster status
v1                              Event                            events                           ev      model=CoreV1Event
v1                              PersistentVolume                 persistentvolumes                pv      cluster status
v1                              PersistentVolumeClaim            persistentvolumeclaims           pvc     status
v1                              LimitRange                       limitranges                      limits  -
v1                              ResourceQuota                    resourcequotas                   quota   status
v1                              ReplicationController            replicationcontrollers           rc      status scale all spec
v1                              PodTemplate                      podtemplates                     -       -
apps/v1                         Deployment                       deployments                      deploy  status scale all spec
apps/v1                         ReplicaSet                       replicasets                      rs      status scale all spec
apps/v1                         StatefulSet                      statefulsets                     sts     status scale all spec
apps/v1                         DaemonSet                        daemonsets                       ds      status all spec
apps/v1                         ControllerRevision               controllerrevisions              -       -
batch/v1                        Job                              jobs                             -       status all spec
batch/v1                        CronJob                          cronjobs                         cj      status all spec
autoscaling/v2                  HorizontalPodAutoscaler          horizontalpodautoscalers         hpa     status all
policy/v1                       PodDisruptionBudget              poddisruptionbudgets             pdb     status spec
networking.k8s.io/v1            NetworkPolicy                    networkpolicies                  netpol  spec
networking.k8s.io/v1            Ingress                          ingresses                        ing     status spec
networking.k8s.io/v1            IngressClass                     ingressclasses                   -       cluster spec
discovery.k8s.io/v1             EndpointSlice                    endpointslices                   -       -
coordination.k8s.io/v1          Lease                            leases                           -       -
rbac.authorization.k8s.io/v1    Role                             roles                            -       -
rbac.authorization.k8s.io/v1    RoleBinding                      rolebindings                     -       -
rbac.authorization.k8s.io/v1    ClusterRole                      clusterroles                     -       cluster
rbac.authorization.k8s.io/v1    ClusterRoleBinding               clusterrolebindings              -       cluster
storage.k8s.io/v1               StorageClass                     storageclasses                   sc      cluster
storage.k8s.io/v1               CSIDriver                        csidrivers                       -       cluster
storage.k8s.io/v1               CSINode                          csinodes                         -       cluster
storage.k8s.io/v1               VolumeAttachment                 volumeattachments                -       cluster status
scheduling.k8s.io/v1            PriorityClass                    priorityclasses                  pc      cluster
node.k8s.io/v1                  RuntimeClass                     runtimeclasses                   -       cluster
certificates.k8s.io/v1          CertificateSigningRequest        certificatesigningrequests       csr     cluster status
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration     mutatingwebhookconfigurations    -       cluster spec
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration   validatingwebhookconfigurations  -       cluster spec
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy        validatingadmissionpolicies      -       cluster status spec
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings - cluster spec
apiregistration.k8s.io/v1       APIService                       apiservices                      -       cluster status
apiextensions.k8s.io/v1         CustomResourceDefinition         customresourcedefinitions        crd,crds cluster status spec
`;

/** Field selectors that built-in kinds support, https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/ */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Secret: ['type'],
  ReplicaSet: ['status.replicas'],
  ReplicationController: ['status.replicas'],
  Job: ['status.successful'],
  Service: ['spec.clusterIP', 'spec.type'],
};

const SCALE: ScalePaths = {
  specReplicas: '.spec.replicas',
  statusReplicas: '.status.replicas',
  selector: '.spec.selector',
};

/** The one built-in kind that is served in a second version with fields of its own. */
const AUTOSCALER_V1_VERSION: ResourceVersion = {
  name: 'v1',
  served: true,
  schema: modelSchema('V1HorizontalPodAutoscaler'),
  columns: columnsOf('HorizontalPodAutoscaler'),
  hasStatus: true,
  selectableFields: [],
  conversion: AUTOSCALER_V1,
};

/** All built-in kinds, in the order of discovery. */
export const BUILTIN_RESOURCES: readonly ResourceType[] = ROWS.trim().split('\n').map(parseRow);

function parseRow(row: string): ResourceType {
  const [apiVersion = '', kind = '', plural = '', short = '-', ...marks] = row.split(/\s+/);
  const slash = apiVersion.indexOf('/');
  const group = slash === -1 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const model =
    marks.find((mark) => mark.startsWith('model='))?.slice(6) ?? `${version.replace('v', 'V')}${kind}`;
  return {
    id: resourceId(group, plural),
    group,
    kind,
    listKind: `${kind}List`,
    plural,
    singular: kind.toLowerCase(),
    shortNames: short === '-' ? [] : short.split(','),
    categories: marks.includes('all')
      ? ['all']
      : kind === 'CustomResourceDefinition'
        ? ['api-extensions']
        : [],
    namespaced: !marks.includes('cluster'),
    storageVersion: version,
    custom: false,
    hasGeneration: marks.includes('spec'),
    versions: [
      {
        name: version,
        served: true,
        schema: modelSchema(model),
        columns: columnsOf(kind),
        hasStatus: marks.includes('status'),
        selectableFields: SELECTABLE[kind] ?? [],
        ...(marks.includes('scale') ? { scale: SCALE } : {}),
      },
      ...(kind === 'HorizontalPodAutoscaler' ? [AUTOSCALER_V1_VERSION] : []),
    ],
  };
}
