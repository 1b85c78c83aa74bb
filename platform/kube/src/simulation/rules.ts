import type { Registry } from '../resources/registry.ts';
import type { Rule } from './rule.ts';
import { deploymentRule } from './rules/deployment.ts';
import { namespaceRule } from './rules/namespace.ts';
import { podRule } from './rules/pod.ts';
import { replicaSetRule } from './rules/replica-set.ts';
import { serviceRule } from './rules/service.ts';

/** @returns all rules of a cluster. */
export function rules(registry: Registry, caPem: string): readonly Rule[] {
  const namespaced = () => registry.all().flatMap((type) => (type.namespaced ? [type.id] : []));
  return [namespaceRule(namespaced, caPem), deploymentRule, replicaSetRule, podRule, serviceRule];
}
