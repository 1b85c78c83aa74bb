import { type Fields, fieldsAt, isFields, type KubeObject, listAt, numberAt } from '../model/kube-object.ts';

/** `autoscaling/v1` knows one metric, the processor; everything else of `v2` is not shown in it. */
export const AUTOSCALER_V1 = {
  toStorage(object: KubeObject): KubeObject {
    const { targetCPUUtilizationPercentage: percent, ...spec } = fieldsAt(object, 'spec');
    if (typeof percent !== 'number') return { ...object, spec };
    return { ...object, spec: { ...spec, metrics: [processorMetric(percent)] } };
  },
  fromStorage(object: KubeObject): KubeObject {
    const { metrics: _metrics, behavior: _behavior, ...spec } = fieldsAt(object, 'spec');
    const percent = listAt(object, 'spec', 'metrics').flatMap((metric) => percentOf(metric) ?? [])[0];
    const { conditions: _conditions, currentMetrics: _current, ...status } = fieldsAt(object, 'status');
    return {
      ...object,
      spec: percent === undefined ? spec : { ...spec, targetCPUUtilizationPercentage: percent },
      status,
    };
  },
};

function processorMetric(averageUtilization: number): Fields {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

function percentOf(metric: unknown): number | undefined {
  const resource = fieldsAt(metric, 'resource');
  return isFields(resource) && resource.name === 'cpu'
    ? numberAt(resource, 'target', 'averageUtilization')
    : undefined;
}
