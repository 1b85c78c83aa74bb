import { at, type Fields, fieldsAt, type KubeObject } from '../../model/kube-object.ts';
import { matchesLabelSelector } from '../../model/selector.ts';
import { conditionAt } from '../conditions.ts';
import type { Rule, View } from '../rule.ts';
import { isActive, isReady } from './pod-template.ts';

const BUDGETS = 'poddisruptionbudgets.policy';

/** A budget counts how many of its pods may be evicted, https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export const podDisruptionBudgetRule: Rule = {
  resource: BUDGETS,
  watches: ['pods'],
  decide(budget, view) {
    return {
      actions: [{ do: 'status', resource: BUDGETS, of: budget, status: statusOf(budget, view) }],
    };
  },
};

function statusOf(budget: KubeObject, view: View): Fields {
  const selector = fieldsAt(budget, 'spec', 'selector');
  const pods = view
    .list('pods', budget.metadata.namespace)
    .filter((pod) => isActive(pod) && matchesLabelSelector(selector, pod.metadata.labels ?? {}));
  const healthy = pods.filter(isReady).length;
  const desired = desiredHealthy(budget, pods.length);
  const allowed = Math.max(0, healthy - desired);
  const condition =
    allowed > 0
      ? ({ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods', message: '' } as const)
      : ({ type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', message: '' } as const);
  return {
    observedGeneration: budget.metadata.generation,
    expectedPods: pods.length,
    currentHealthy: healthy,
    desiredHealthy: desired,
    disruptionsAllowed: allowed,
    conditions: [
      { ...conditionAt(budget, condition, view.now), observedGeneration: budget.metadata.generation },
    ],
  };
}

function desiredHealthy(budget: KubeObject, pods: number): number {
  const unavailable = at(budget, 'spec', 'maxUnavailable');
  if (unavailable !== undefined) return Math.max(0, pods - share(unavailable, pods));
  return share(at(budget, 'spec', 'minAvailable') ?? 1, pods);
}

/** Percentages are rounded up. */
function share(value: unknown, pods: number): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  return percent === undefined ? Number(value) : Math.ceil((Number(percent) * pods) / 100);
}
