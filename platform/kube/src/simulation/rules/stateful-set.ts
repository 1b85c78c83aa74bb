import {
  type Fields,
  fieldsAt,
  isFields,
  type KubeObject,
  listAt,
  numberAt,
  stringAt,
} from '../../model/kube-object.ts';
import { type Action, controlledBy, NOTHING, type Rule, type View } from '../rule.ts';
import { isActive, isReady, podFrom, shortHash } from './pod-template.ts';

const SETS = 'statefulsets.apps';
const REVISION = 'controller-revision-hash';

/**
 * A StatefulSet has pods with ordinals, each with its own claims; they come one after the other, and go and are replaced
 * from the highest down. https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export const statefulSetRule: Rule = {
  resource: SETS,
  decide(set, view) {
    if (set.metadata.deletionTimestamp !== undefined) return NOTHING;
    const revision = `${set.metadata.name}-${shortHash(fieldsAt(set, 'spec', 'template'))}`;
    const pods = view.owned(set.metadata.uid ?? '', 'pods');
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const status: Action = {
      do: 'status',
      resource: SETS,
      of: set,
      status: statusOf(set, pods.filter(isActive), revision),
    };
    return { actions: [...nextStep(set, pods, wanted, revision, view), status] };
  },
};

function nextStep(
  set: KubeObject,
  pods: readonly KubeObject[],
  wanted: number,
  revision: string,
  view: View,
): readonly Action[] {
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod), pod]));
  const parallel = stringAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
  const actions: Action[] = [];
  for (let ordinal = 0; ordinal < wanted; ordinal++) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined) actions.push(...create(set, ordinal, revision, view));
    if (!parallel && (pod === undefined || !isReady(pod))) return actions;
  }
  if (actions.length > 0) return actions;
  const surplus = [...byOrdinal].filter(([ordinal]) => ordinal >= wanted).sort(([a], [b]) => b - a);
  const [, last] = surplus[0] ?? [];
  if (last !== undefined)
    return last.metadata.deletionTimestamp ? [] : [{ do: 'delete', resource: 'pods', object: last }];
  return replaceNext(set, byOrdinal, wanted, revision);
}

/** Rolling update: the highest pod of an old revision is replaced once all others are ready. */
function replaceNext(
  set: KubeObject,
  pods: ReadonlyMap<number, KubeObject>,
  wanted: number,
  revision: string,
): readonly Action[] {
  if (stringAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return [];
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  for (let ordinal = wanted - 1; ordinal >= partition; ordinal--) {
    const pod = pods.get(ordinal);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return [];
    if (pod.metadata.labels?.[REVISION] !== revision)
      return [{ do: 'delete', resource: 'pods', object: pod }];
    if (!isReady(pod)) return [];
  }
  return [];
}

function create(set: KubeObject, ordinal: number, revision: string, view: View): readonly Action[] {
  const name = `${set.metadata.name}-${ordinal}`;
  const template = fieldsAt(set, 'spec', 'template');
  const claims = listAt(set, 'spec', 'volumeClaimTemplates').filter(isFields);
  const volumes = claims.map((claim) => {
    const volume = stringAt(claim, 'metadata', 'name') ?? '';
    return { name: volume, persistentVolumeClaim: { claimName: `${volume}-${name}` } };
  });
  const labels = {
    ...fieldsAt(template, 'metadata', 'labels'),
    [REVISION]: revision,
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': String(ordinal),
  };
  const spec = fieldsAt(template, 'spec');
  const withVolumes = {
    ...template,
    spec: {
      ...spec,
      hostname: name,
      subdomain: stringAt(set, 'spec', 'serviceName') ?? '',
      volumes: [...listAt(spec, 'volumes'), ...volumes],
    },
  };
  const missing = claims.filter(
    (claim) =>
      view.get(
        'persistentvolumeclaims',
        set.metadata.namespace ?? '',
        `${stringAt(claim, 'metadata', 'name')}-${name}`,
      ) === undefined,
  );
  return [
    ...missing.map(
      (claim): Action => ({
        do: 'create',
        resource: 'persistentvolumeclaims',
        object: claimFrom(set, claim, name),
      }),
    ),
    { do: 'create', resource: 'pods', object: podFrom(set, withVolumes, { name, labels }) },
  ];
}

function claimFrom(set: KubeObject, claim: Fields, pod: string): KubeObject {
  const { labels } = fieldsAt(claim, 'metadata');
  const name = `${stringAt(claim, 'metadata', 'name')}-${pod}`;
  const whenDeleted = stringAt(set, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted');
  const owners = whenDeleted === 'Delete' ? { ownerReferences: controlledBy(set) } : {};
  const metadata = {
    name,
    namespace: set.metadata.namespace ?? '',
    ...(isFields(labels) ? { labels } : {}),
    ...owners,
  };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata as KubeObject['metadata'],
    spec: fieldsAt(claim, 'spec'),
  };
}

function ordinalOf(pod: KubeObject): number {
  return Number(pod.metadata.name?.split('-').at(-1));
}

function statusOf(set: KubeObject, pods: readonly KubeObject[], revision: string): Fields {
  const ready = pods.filter(isReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION] === revision).length;
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
  const complete = updated === wanted && ready === wanted;
  const former = stringAt(set, 'status', 'currentRevision');
  return {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: complete ? updated : pods.length - updated,
    updatedReplicas: updated,
    currentRevision: complete ? revision : (former ?? revision),
    updateRevision: revision,
    collisionCount: 0,
  };
}
