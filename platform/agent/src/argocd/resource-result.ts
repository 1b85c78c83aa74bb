import type { ResourceRef } from '../cluster/kube-object.ts';
import type { ResourceResult, SyncPhase } from './application.ts';

/** The result of a task that could not be carried out. */
export function failedResult(ref: ResourceRef, syncPhase: SyncPhase, error: unknown): ResourceResult {
  const message = error instanceof Error ? error.message : String(error);
  return { ...ref, status: 'SyncFailed', message, syncPhase };
}
