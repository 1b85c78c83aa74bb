import { type KubeObject, listAt, stringAt } from '../cluster/kube-object.ts';
import type { Health } from './health-status.ts';
import { conditionOf } from './workload-health.ts';

/** A load balancer waits for its address; every other Service is healthy (gitops-engine). */
export function serviceHealth(service: KubeObject): Health {
  if (stringAt(service, 'spec', 'type') !== 'LoadBalancer') return { status: 'Healthy' };
  const ready = listAt(service, 'status', 'loadBalancer', 'ingress').length > 0;
  return { status: ready ? 'Healthy' : 'Progressing' };
}

/** An Ingress waits for its address (gitops-engine). */
export function ingressHealth(ingress: KubeObject): Health {
  const ready = listAt(ingress, 'status', 'loadBalancer', 'ingress').length > 0;
  return { status: ready ? 'Healthy' : 'Progressing' };
}

/** A claim waits to be bound and is degraded once its volume is lost (gitops-engine). */
export function claimHealth(claim: KubeObject): Health {
  switch (stringAt(claim, 'status', 'phase')) {
    case 'Bound':
      return { status: 'Healthy' };
    case 'Pending':
      return { status: 'Progressing' };
    case 'Lost':
      return { status: 'Degraded' };
    default:
      return { status: 'Unknown' };
  }
}

const degradedAutoscaling: Readonly<Record<string, readonly string[]>> = {
  AbleToScale: ['FailedGetScale', 'FailedUpdateScale'],
  ScalingActive: [
    'FailedGetResourceMetric',
    'FailedGetExternalMetric',
    'FailedGetObjectMetric',
    'FailedGetPodsMetric',
    'FailedComputeMetricsReplicas',
    'InvalidSelector',
    'InvalidMetricSourceType',
    'FailedGetContainerResourceMetric',
  ],
};

/** Degraded when scaling or metrics fail, healthy once it is able to scale, else progressing (gitops-engine). */
export function autoscalerHealth(autoscaler: KubeObject): Health {
  const conditions = ['AbleToScale', 'ScalingActive', 'ScalingLimited'].map(
    (type) => [type, conditionOf(autoscaler, type)] as const,
  );
  for (const [type, condition] of conditions) {
    if (condition === undefined || !degradedAutoscaling[type]?.includes(condition.reason)) continue;
    return { status: 'Degraded', message: condition.message };
  }
  const able = conditions.find(([, condition]) => condition?.status === 'True')?.[1];
  if (able !== undefined) return { status: 'Healthy', message: able.message };
  return { status: 'Progressing', message: 'Waiting to Autoscale' };
}
