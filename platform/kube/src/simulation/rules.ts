import type { Registry } from '../resources/registry.ts';
import type { Rule } from './rule.ts';
import { daemonSetRule } from './rules/daemon-set.ts';
import { deploymentRule } from './rules/deployment.ts';
import { horizontalPodAutoscalerRule } from './rules/horizontal-pod-autoscaler.ts';
import { ingressRule } from './rules/ingress.ts';
import { jobRule } from './rules/job.ts';
import { namespaceRule } from './rules/namespace.ts';
import { persistentVolumeClaimRule, persistentVolumeRule } from './rules/persistent-volume-claim.ts';
import { podRule } from './rules/pod.ts';
import { podDisruptionBudgetRule } from './rules/pod-disruption-budget.ts';
import { replicaSetRule } from './rules/replica-set.ts';
import { serviceRule } from './rules/service.ts';
import { statefulSetRule } from './rules/stateful-set.ts';

/** @returns all rules of a cluster. */
export function rules(registry: Registry, caPem: string): readonly Rule[] {
  const namespaced = () => registry.all().flatMap((type) => (type.namespaced ? [type.id] : []));
  return [
    namespaceRule(namespaced, caPem),
    deploymentRule,
    replicaSetRule,
    statefulSetRule,
    daemonSetRule,
    jobRule,
    podRule,
    serviceRule,
    ingressRule,
    horizontalPodAutoscalerRule,
    podDisruptionBudgetRule,
    persistentVolumeClaimRule,
    persistentVolumeRule,
  ];
}
