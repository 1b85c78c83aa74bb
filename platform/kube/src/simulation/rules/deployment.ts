import { timestamp } from '../../api/write-context.ts';
import { type Fields, fieldsAt, type KubeObject, numberAt, stringAt } from '../../model/kube-object.ts';
import { conditionAt, conditionOf } from '../conditions.ts';
import { type Action, controlledBy, NOTHING, type Outcome, type Rule, type View } from '../rule.ts';
import { shortHash } from './pod-template.ts';
import { planRollout, type RolloutPlan } from './rollout.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const SETS = 'replicasets.apps';

/** A Deployment rolls its pods over to its present template, https://kubernetes.io/docs/concepts/workloads/controllers/deployment/ */
export const deploymentRule: Rule = {
  resource: 'deployments.apps',
  decide(deployment, view) {
    if (deployment.metadata.deletionTimestamp !== undefined) return NOTHING;
    const sets = view
      .owned(deployment.metadata.uid ?? '', SETS)
      .filter((set) => !set.metadata.deletionTimestamp);
    const hash = shortHash(fieldsAt(deployment, 'spec', 'template'));
    const current = sets.find((set) => set.metadata.labels?.['pod-template-hash'] === hash);
    const revision = revisionFor(current, sets);
    const paused = deployment.spec !== undefined && fieldsAt(deployment, 'spec').paused === true;
    if (current === undefined && !paused) return begin(deployment, sets, hash, revision);
    const old = sets.filter((set) => set !== current);
    const plan = planRollout(deployment, current, old);
    const scaled = paused ? [] : plan.scale.map(({ set, replicas }) => scale(set, replicas));
    const marked = current === undefined ? [] : markRevision(deployment, current, revision);
    const { status, again } = statusOf(deployment, plan, view);
    const actions: Action[] = [
      ...marked,
      ...scaled,
      ...cleanUp(deployment, old),
      { do: 'status', resource: 'deployments.apps', of: deployment, status },
    ];
    return again === undefined ? { actions } : { actions, again };
  },
};

function begin(deployment: KubeObject, sets: readonly KubeObject[], hash: string, revision: number): Outcome {
  const template = fieldsAt(deployment, 'spec', 'template');
  const own = { 'pod-template-hash': hash };
  const metadata = fieldsAt(template, 'metadata');
  const labels = { ...fieldsAt(metadata, 'labels'), ...own } as Record<string, string>;
  const selector = fieldsAt(deployment, 'spec', 'selector');
  const plan = planRollout(deployment, undefined, sets);
  const object: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? '',
      labels,
      annotations: { [REVISION]: String(revision) },
      ownerReferences: controlledBy(deployment),
    },
    spec: {
      replicas: plan.initial,
      selector: { ...selector, matchLabels: { ...fieldsAt(selector, 'matchLabels'), ...own } },
      template: { ...template, metadata: { ...metadata, labels } },
    },
  };
  const message = `Scaled up replica set ${object.metadata.name} to ${plan.initial}`;
  return {
    actions: [
      { do: 'create', resource: SETS, object },
      ...markRevision(deployment, object, revision),
      { do: 'event', about: deployment, event: { type: 'Normal', reason: 'ScalingReplicaSet', message } },
    ],
  };
}

function revisionFor(current: KubeObject | undefined, sets: readonly KubeObject[]): number {
  const of = (set: KubeObject) => Number(set.metadata.annotations?.[REVISION] ?? 0);
  const highest = Math.max(0, ...sets.filter((set) => set !== current).map(of));
  return current !== undefined && of(current) > highest ? of(current) : highest + 1;
}

function markRevision(deployment: KubeObject, set: KubeObject, revision: number): readonly Action[] {
  const mark = (object: KubeObject, resource: string): readonly Action[] => {
    if (object.metadata.annotations?.[REVISION] === String(revision)) return [];
    const annotations = { ...object.metadata.annotations, [REVISION]: String(revision) };
    return [{ do: 'update', resource, object: { ...object, metadata: { ...object.metadata, annotations } } }];
  };
  return [...mark(set, SETS), ...mark(deployment, 'deployments.apps')];
}

function scale(set: KubeObject, replicas: number): Action {
  return { do: 'update', resource: SETS, object: { ...set, spec: { ...fieldsAt(set, 'spec'), replicas } } };
}

/** Old, empty sets beyond the history limit go. */
function cleanUp(deployment: KubeObject, old: readonly KubeObject[]): readonly Action[] {
  const limit = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10;
  const empty = old.filter(
    (set) => numberAt(set, 'spec', 'replicas') === 0 && (numberAt(set, 'status', 'replicas') ?? 0) === 0,
  );
  const revision = (set: KubeObject) => Number(set.metadata.annotations?.[REVISION] ?? 0);
  const surplus = empty.sort((a, b) => revision(a) - revision(b)).slice(0, Math.max(0, empty.length - limit));
  return surplus.map((object) => ({ do: 'delete', resource: SETS, object }));
}

function statusOf(deployment: KubeObject, plan: RolloutPlan, view: View): { status: Fields; again?: number } {
  const { counts, wanted } = plan;
  const status: Fields = {
    observedGeneration: deployment.metadata.generation,
    ...(counts.replicas > 0 ? { replicas: counts.replicas } : {}),
    ...(counts.updated > 0 ? { updatedReplicas: counts.updated } : {}),
    ...(counts.ready > 0 ? { readyReplicas: counts.ready } : {}),
    ...(counts.available > 0 ? { availableReplicas: counts.available } : {}),
    ...(wanted > counts.available ? { unavailableReplicas: wanted - counts.available } : {}),
  };
  const enough = counts.available >= wanted - plan.maxUnavailable;
  const available = conditionAt(
    deployment,
    enough
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    view.now,
  );
  const progress = progressOf(deployment, plan, status, view);
  const conditions = [{ ...available, lastUpdateTime: available.lastTransitionTime }, progress.condition];
  const result = { ...status, conditions };
  return progress.again === undefined ? { status: result } : { status: result, again: progress.again };
}

function progressOf(
  deployment: KubeObject,
  plan: RolloutPlan,
  status: Fields,
  view: View,
): { condition: Fields; again?: number } {
  const former = conditionOf(deployment, 'Progressing');
  const name = plan.current?.metadata.name;
  const { counts, wanted } = plan;
  const complete = counts.updated === wanted && counts.replicas === wanted && counts.available >= wanted;
  if (complete || (former.reason === 'NewReplicaSetAvailable' && observed(deployment))) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    return {
      condition: progressing(
        deployment,
        'True',
        'NewReplicaSetAvailable',
        message,
        view,
        complete && former.reason !== 'NewReplicaSetAvailable',
      ),
    };
  }
  const moved =
    !observed(deployment) ||
    ['updatedReplicas', 'readyReplicas', 'availableReplicas'].some(
      (field) => (numberAt(status, field) ?? 0) > (numberAt(deployment, 'status', field) ?? 0),
    );
  const begun = plan.current === undefined ? view.now : view.bornAt(plan.current);
  const since = Math.max(begun, Date.parse(stringAt(former, 'lastUpdateTime') ?? '') || 0);
  const seconds = numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600;
  const left = since + Math.min(seconds * 1000, view.options.progressDeadline) - view.now;
  if (!moved && (left <= 0 || former.reason === 'ProgressDeadlineExceeded')) {
    const message = `ReplicaSet "${name}" has timed out progressing (simulated).`;
    return {
      condition: progressing(
        deployment,
        'False',
        'ProgressDeadlineExceeded',
        message,
        view,
        former.status !== 'False',
      ),
    };
  }
  const message = `ReplicaSet "${name}" is progressing.`;
  return {
    condition: progressing(deployment, 'True', 'ReplicaSetUpdated', message, view, moved),
    again: Math.max(50, left),
  };
}

/** Whether the status is about the present spec. */
function observed(deployment: KubeObject): boolean {
  return numberAt(deployment, 'status', 'observedGeneration') === deployment.metadata.generation;
}

function progressing(
  deployment: KubeObject,
  status: 'True' | 'False',
  reason: string,
  message: string,
  view: View,
  touched: boolean,
): Fields {
  const former = stringAt(conditionOf(deployment, 'Progressing'), 'lastUpdateTime');
  const condition = conditionAt(deployment, { type: 'Progressing', status, reason, message }, view.now);
  return { ...condition, lastUpdateTime: touched ? timestamp(view.now) : (former ?? timestamp(view.now)) };
}
