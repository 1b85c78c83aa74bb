import type { KubeObject, ResourceRef } from '../cluster/kube-object.ts';
import type { Health } from '../health/health-status.ts';
import type { SyncCode } from './application.ts';

/** One object of an Application: what git wants, what is there, and how they compare. */
export interface ComparedResource {
  readonly ref: ResourceRef;
  /** Missing when the object is no longer in git. */
  readonly desired?: KubeObject | undefined;
  /** Missing when the object is not in the cluster. */
  readonly live?: KubeObject | undefined;
  readonly status: SyncCode;
  readonly health?: Health | undefined;
  readonly wave: number;
  readonly requiresPruning: boolean;
  /** The other Application that tracks the live object. */
  readonly sharedWith?: string | undefined;
}
