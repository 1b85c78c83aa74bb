import { formatGoDuration, parseGoDuration } from '../backoff.ts';
import { conditionsOf, findCondition, handledRequest, type NewCondition } from './flux-condition.ts';
import type { InventoryEntry } from './inventory.ts';
import type { Kustomization, KustomizationStatus } from './kustomization.ts';

/** How far a Kustomization has come. */
export type KustomizationOutcome =
  | {
      readonly kind: 'progressing';
      readonly revision: string;
      readonly message: string;
      readonly inventory: readonly InventoryEntry[];
    }
  | {
      readonly kind: 'failed';
      /** Flux's reason: `ArtifactFailed`, `DependencyNotReady`, `BuildFailed`, `ReconciliationFailed`, `HealthCheckFailed` … */
      readonly reason: string;
      readonly message: string;
      readonly revision?: string | undefined;
      readonly inventory?: readonly InventoryEntry[] | undefined;
    }
  | {
      readonly kind: 'ready';
      readonly revision: string;
      readonly inventory: readonly InventoryEntry[];
      /** Health was looked at, so a condition tells about it. */
      readonly checked: boolean;
    };

/**
 * The status of a Kustomization ("Kustomization Status" in Flux's docs): Ready is only True once the revision is applied
 * and, where asked for, healthy; `lastAppliedRevision` moves together with it.
 */
export function kustomizationStatus(
  kustomization: Kustomization,
  outcome: KustomizationOutcome,
  now: Date,
): KustomizationStatus {
  const before = kustomization.status ?? {};
  const conditions = conditionsOf(kustomization, wantedConditions(kustomization, outcome, now), now);
  const ready = outcome.kind === 'ready';
  return {
    ...before,
    conditions,
    inventory: outcome.inventory === undefined ? before.inventory : { entries: outcome.inventory },
    lastAttemptedRevision: outcome.revision ?? before.lastAttemptedRevision,
    lastAppliedRevision: ready ? outcome.revision : before.lastAppliedRevision,
    observedGeneration: ready ? kustomization.metadata.generation : before.observedGeneration,
    lastHandledReconcileAt:
      outcome.kind === 'progressing' ? before.lastHandledReconcileAt : handledRequest(kustomization),
  };
}

/** How long one attempt may take: `timeout`, or else `interval`, in milliseconds. */
export function timeoutOf({ spec }: Kustomization): number {
  return parseGoDuration(spec.timeout ?? '') ?? parseGoDuration(spec.interval ?? '') ?? 300_000;
}

/** When the attempt that is under way began, `undefined` when none is. */
export function attemptStart(kustomization: Kustomization): number | undefined {
  const ready = findCondition(kustomization, 'Ready');
  return ready?.status === 'Unknown' ? Date.parse(ready.lastTransitionTime) : undefined;
}

function wantedConditions(
  kustomization: Kustomization,
  outcome: KustomizationOutcome,
  now: Date,
): readonly NewCondition[] {
  switch (outcome.kind) {
    case 'progressing':
      return [
        condition('Ready', 'Unknown', { reason: 'Progressing', message: 'Reconciliation in progress' }),
        condition('Reconciling', 'True', { reason: 'Progressing', message: outcome.message }),
      ];
    case 'failed': {
      const { reason, message } = outcome;
      const failed = [
        condition('Ready', 'False', { reason, message }),
        condition('Reconciling', 'True', { reason: 'ProgressingWithRetry', message }),
      ];
      const unhealthy = reason === 'HealthCheckFailed';
      return unhealthy ? [...failed, condition('Healthy', 'False', { reason, message })] : failed;
    }
    case 'ready': {
      const message = `Applied revision: ${outcome.revision}`;
      const ready = condition('Ready', 'True', { reason: 'ReconciliationSucceeded', message });
      return outcome.checked ? [ready, passed(kustomization, now)] : [ready];
    }
  }
}

function passed(kustomization: Kustomization, now: Date): NewCondition {
  const before = findCondition(kustomization, 'Healthy');
  const start = attemptStart(kustomization);
  if (before?.status === 'True' && start === undefined) return before;
  const took = formatGoDuration(now.getTime() - (start ?? now.getTime()));
  return condition('Healthy', 'True', { reason: 'Succeeded', message: `Health check passed in ${took}` });
}

function condition(
  type: string,
  status: NewCondition['status'],
  rest: Pick<NewCondition, 'reason' | 'message'>,
): NewCondition {
  return { type, status, ...rest };
}
