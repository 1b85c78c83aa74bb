import { type KubeObject, numberAt } from '../../model/kube-object.ts';
import type { Action, Rule } from '../rule.ts';
import { createPods, isActive, isReady } from './pod-template.ts';

/** A ReplicaSet has as many pods as it asks for. */
export const replicaSetRule: Rule = {
  resource: 'replicasets.apps',
  decide(set, view) {
    if (set.metadata.deletionTimestamp !== undefined) return { actions: [] };
    const pods = view.owned(set.metadata.uid ?? '', 'pods').filter(isActive);
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const created = createPods(set, wanted - pods.length, view);
    const surplus = [...pods].sort(leastNeeded).slice(0, Math.max(0, pods.length - wanted));
    const deleted = surplus.map((object): Action => ({ do: 'delete', resource: 'pods', object }));
    const status: Action = {
      do: 'status',
      resource: 'replicasets.apps',
      of: set,
      status: statusOf(set, pods),
    };
    return { actions: [...created, ...deleted, status] };
  },
};

/** Pods that are not ready go first, then the youngest. */
function leastNeeded(a: KubeObject, b: KubeObject): number {
  const byReadiness = Number(isReady(a)) - Number(isReady(b));
  return (
    byReadiness || ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1)
  );
}

function statusOf(set: KubeObject, pods: readonly KubeObject[]): Record<string, unknown> {
  const ready = pods.filter(isReady).length;
  return {
    replicas: pods.length,
    fullyLabeledReplicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    observedGeneration: set.metadata.generation,
  };
}
