import type { JsonObject } from '@drydock/model';
import type { Manifest } from '../manifest.ts';

/** One rule of the fleet: a Kyverno ClusterPolicy in the cluster, and the same check before promotion. */
export interface FleetPolicy {
  readonly name: string;
  readonly description: string;
  /** The rules of the ClusterPolicy. */
  readonly rules: readonly JsonObject[];
  /** What is wrong with an object, one text for each violation; empty where the rule has nothing to say. */
  violations(manifest: Manifest): readonly string[];
}

/** Namespaces of applications; what else runs in a cluster is the platform's own business. */
export const APPLICATION_NAMESPACES: JsonObject = {
  matchLabels: { 'app.kubernetes.io/managed-by': 'drydock' },
};

/** A rule about the pods of applications. */
export function podRule(name: string, validate: JsonObject): JsonObject {
  return {
    name,
    match: { any: [{ resources: { kinds: ['Pod'], namespaceSelector: APPLICATION_NAMESPACES } }] },
    validate,
  };
}
