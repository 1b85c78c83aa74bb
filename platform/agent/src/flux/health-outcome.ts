import { formatGoDuration } from '../backoff.ts';
import { findCondition } from './flux-condition.ts';
import type { InventoryEntry } from './inventory.ts';
import type { Kustomization } from './kustomization.ts';
import type { HealthCheck } from './kustomization-health.ts';
import { attemptStart, type KustomizationOutcome, timeoutOf } from './kustomization-status.ts';

/** An attempt that has applied everything. */
export interface AppliedAttempt {
  readonly revision: string;
  readonly inventory: readonly InventoryEntry[];
  readonly health: HealthCheck;
  readonly checked: boolean;
}

/** A failed check stays failed until the objects are healthy: waiting again would look like a new attempt. */
export function healthOutcome(
  kustomization: Kustomization,
  { revision, inventory, health, checked }: AppliedAttempt,
  now: Date,
): KustomizationOutcome {
  const { failed, waiting } = health;
  if (failed.length === 0 && waiting.length === 0) return { kind: 'ready', revision, inventory, checked };
  const timeout = timeoutOf(kustomization);
  const before = findCondition(kustomization, 'Ready');
  const spent = now.getTime() - (attemptStart(kustomization) ?? now.getTime());
  const reason = 'HealthCheckFailed';
  if (failed.length > 0) {
    const message = `health check failed: failed early due to stalled resources: [${failed.join(', ')}]`;
    return { kind: 'failed', reason, message, revision, inventory };
  }
  const sameAttempt = kustomization.status?.lastAttemptedRevision === revision;
  if (spent >= timeout || (sameAttempt && before?.reason === reason)) {
    const after = formatGoDuration(timeout);
    const message = `health check failed after ${after}: timeout waiting for: [${waiting.join(', ')}]`;
    return { kind: 'failed', reason, message, revision, inventory };
  }
  const message = `Running health checks for revision ${revision} with a timeout of ${formatGoDuration(timeout)}`;
  return { kind: 'progressing', revision, message, inventory };
}
