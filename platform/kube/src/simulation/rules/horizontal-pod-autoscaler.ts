import { type Fields, fieldsAt, type KubeObject, numberAt, stringAt } from '../../model/kube-object.ts';
import { conditionAt } from '../conditions.ts';
import type { Action, Rule, View } from '../rule.ts';

const AUTOSCALERS = 'horizontalpodautoscalers.autoscaling';
const TARGETS: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  ReplicaSet: 'replicasets.apps',
};

/** An autoscaler keeps its target between minimum and maximum. Nothing is measured, and its conditions say so. */
export const horizontalPodAutoscalerRule: Rule = {
  resource: AUTOSCALERS,
  watches: Object.values(TARGETS),
  decide(autoscaler, view) {
    const reference = fieldsAt(autoscaler, 'spec', 'scaleTargetRef');
    const resource = TARGETS[String(reference.kind)];
    const target =
      resource && view.get(resource, autoscaler.metadata.namespace ?? '', String(reference.name));
    if (!target) return { actions: [statusAction(autoscaler, missing(autoscaler, view))] };
    const current = numberAt(target, 'spec', 'replicas') ?? 1;
    const least = numberAt(autoscaler, 'spec', 'minReplicas') ?? 1;
    const most = numberAt(autoscaler, 'spec', 'maxReplicas') ?? least;
    const desired = current === 0 ? 0 : Math.min(Math.max(current, least), most);
    const scaled: Action = {
      do: 'update',
      resource,
      object: { ...target, spec: { ...fieldsAt(target, 'spec'), replicas: desired } },
    };
    const status = statusAction(
      autoscaler,
      statusOf(autoscaler, numberAt(target, 'status', 'replicas') ?? 0, desired, view),
    );
    return { actions: desired === current ? [status] : [scaled, status] };
  },
};

function statusAction(of: KubeObject, status: Fields): Action {
  return { do: 'status', resource: AUTOSCALERS, of, status };
}

function statusOf(
  autoscaler: KubeObject,
  currentReplicas: number,
  desiredReplicas: number,
  view: View,
): Fields {
  const message = 'simulated: no metrics are measured';
  const conditions = [
    {
      type: 'AbleToScale',
      status: 'True',
      reason: 'ReadyForNewScale',
      message: 'recommended size matches current size',
    },
    { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound', message },
    {
      type: 'ScalingLimited',
      status: 'False',
      reason: 'DesiredWithinRange',
      message: 'the desired count is within the acceptable range',
    },
  ] as const;
  const at = conditions.map((each) => conditionAt(autoscaler, each, view.now));
  return {
    currentReplicas,
    desiredReplicas,
    observedGeneration: autoscaler.metadata.generation,
    conditions: at,
  };
}

function missing(autoscaler: KubeObject, view: View): Fields {
  const target = `${stringAt(autoscaler, 'spec', 'scaleTargetRef', 'kind')} "${stringAt(autoscaler, 'spec', 'scaleTargetRef', 'name')}"`;
  const condition = {
    type: 'AbleToScale',
    status: 'False',
    reason: 'FailedGetScale',
    message: `the target ${target} is not there or cannot be scaled`,
  } as const;
  return {
    currentReplicas: 0,
    desiredReplicas: 0,
    conditions: [conditionAt(autoscaler, condition, view.now)],
  };
}
