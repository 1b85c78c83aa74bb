import { fieldAt, type KubeObject, listAt, numberAt, stringAt } from '../cluster/kube-object.ts';
import type { Health } from './health-status.ts';

// The rules of this file are those of gitops-engine, `pkg/health`, for the kinds of apps/v1 and batch/v1.

const healthy: Health = { status: 'Healthy' };
const progressing = (message: string): Health => ({ status: 'Progressing', message });

interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The condition of a type in `status.conditions`. */
export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const found = listAt(object, 'status', 'conditions').find((item) => stringAt(item, 'type') === type);
  if (found === undefined) return undefined;
  return {
    status: stringAt(found, 'status'),
    reason: stringAt(found, 'reason'),
    message: stringAt(found, 'message'),
  };
}

/** Says whether the controller of an object has not yet seen its current spec. */
export function isUnobserved(object: KubeObject): boolean {
  return (object.metadata.generation ?? 0) > (numberAt(object, 'status', 'observedGeneration') ?? 0);
}

/** Rolled out when every replica is of the new template and available; degraded past the progress deadline. */
export function deploymentHealth(object: KubeObject): Health {
  if (fieldAt(object, 'spec', 'paused') === true)
    return { status: 'Suspended', message: 'Deployment is paused' };
  const name = object.metadata.name;
  if (isUnobserved(object)) {
    return progressing(
      'Waiting for rollout to finish: observed deployment generation less than desired generation',
    );
  }
  if (conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
    return { status: 'Degraded', message: `Deployment "${name}" exceeded its progress deadline` };
  }
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const { replicas, updated, available } = replicaCounts(object);
  if (updated < wanted) {
    return progressing(
      `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`,
    );
  }
  if (replicas > updated) {
    return progressing(
      `Waiting for rollout to finish: ${replicas - updated} old replicas are pending termination...`,
    );
  }
  if (available < updated) {
    return progressing(
      `Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`,
    );
  }
  return healthy;
}

/** Rolled out when every replica is ready and of the update revision; `OnDelete` never waits. */
export function statefulSetHealth(object: KubeObject): Health {
  if (isUnobserved(object)) return progressing('Waiting for statefulset spec update to be observed...');
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const { ready, updated } = replicaCounts(object);
  if (ready < wanted) return progressing(`Waiting for ${wanted - ready} pods to be ready...`);
  const strategy = stringAt(object, 'spec', 'updateStrategy', 'type');
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  if (strategy === 'OnDelete') {
    return { status: 'Healthy', message: `statefulset has ${ready} ready pods` };
  }
  if (partition > 0) {
    return updated < wanted - partition
      ? progressing(
          `Waiting for partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated...`,
        )
      : {
          status: 'Healthy',
          message: `partitioned roll out complete: ${updated} new pods have been updated...`,
        };
  }
  const [update, current] = [
    stringAt(object, 'status', 'updateRevision'),
    stringAt(object, 'status', 'currentRevision'),
  ];
  if (update !== current)
    return progressing(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${update}...`,
    );
  return {
    status: 'Healthy',
    message: `statefulset rolling update complete ${ready} pods at revision ${current}...`,
  };
}

/** Rolled out when every scheduled node runs an available pod of the new template. */
export function daemonSetHealth(object: KubeObject): Health {
  const name = object.metadata.name;
  if (isUnobserved(object)) {
    return progressing(
      'Waiting for rollout to finish: observed daemon set generation less than desired generation',
    );
  }
  if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') {
    return {
      status: 'Healthy',
      message: `daemon set ${numberAt(object, 'status', 'updatedNumberScheduled') ?? 0} out of ${numberAt(object, 'status', 'desiredNumberScheduled') ?? 0} new pods have been updated`,
    };
  }
  const wanted = numberAt(object, 'status', 'desiredNumberScheduled') ?? 0;
  const updated = numberAt(object, 'status', 'updatedNumberScheduled') ?? 0;
  const available = numberAt(object, 'status', 'numberAvailable') ?? 0;
  if (updated < wanted)
    return progressing(
      `Waiting for daemon set "${name}" rollout to finish: ${updated} out of ${wanted} new pods have been updated...`,
    );
  if (available < wanted)
    return progressing(
      `Waiting for daemon set "${name}" rollout to finish: ${available} of ${wanted} updated pods are available...`,
    );
  return healthy;
}

/** Degraded when pods cannot be created, else waits for all of them to be available. */
export function replicaSetHealth(object: KubeObject): Health {
  if (isUnobserved(object)) {
    return progressing(
      'Waiting for rollout to finish: observed replica set generation less than desired generation',
    );
  }
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') return { status: 'Degraded', message: failure.message };
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const { available } = replicaCounts(object);
  if (available >= wanted) return healthy;
  return progressing(
    `Waiting for rollout to finish: ${available} out of ${wanted} new replicas are available...`,
  );
}

/** Failed is degraded, complete is healthy, suspended is suspended, else it runs. */
export function jobHealth(object: KubeObject): Health {
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') return { status: 'Degraded', message: failed.message };
  const complete = conditionOf(object, 'Complete');
  if (complete?.status === 'True') return { status: 'Healthy', message: complete.message };
  if (conditionOf(object, 'Suspended')?.status === 'True') {
    return { status: 'Suspended', message: conditionOf(object, 'Suspended')?.message };
  }
  return { status: 'Progressing' };
}

function replicaCounts(object: KubeObject): {
  readonly replicas: number;
  readonly updated: number;
  readonly available: number;
  readonly ready: number;
} {
  const count = (field: string): number => numberAt(object, 'status', field) ?? 0;
  return {
    replicas: count('replicas'),
    updated: count('updatedReplicas'),
    available: count('availableReplicas'),
    ready: count('readyReplicas'),
  };
}
