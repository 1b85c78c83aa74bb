import type { ClusterCache } from '../cluster/cluster-cache.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { ApplicationCondition, SyncCode } from './application.ts';
import type { ComparedResource } from './compared-resource.ts';
import type { ComparedTarget } from './compared-target.ts';
import type { Project } from './project-policy.ts';

/** Everything that was found out about one Application at one moment. */
export interface Observation {
  /** Why nothing or not everything could be compared, and warnings. */
  readonly conditions: readonly ApplicationCondition[];
  /** `Unknown` when it could not be compared. */
  readonly sync: SyncCode;
  /** What was compared to, as far as it could be resolved. */
  readonly target?: ComparedTarget | undefined;
  readonly resources: readonly ComparedResource[];
  readonly hooks: readonly KubeObject[];
  readonly project?: Project | undefined;
  readonly cluster?: ClusterCache | undefined;
}
