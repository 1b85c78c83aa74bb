import { type KubeObject, type ResourceRef, refKey } from '../cluster/kube-object.ts';
import type { Health } from '../health/health-status.ts';
import type { ResourceResult, SyncPhase } from './application.ts';
import { groupSteps, isMultiStep, type Ordered } from './sync-order.ts';

/** One thing that a sync has to do. */
export interface SyncTask extends Ordered {
  readonly ref: ResourceRef;
  /** What to apply, or the live object to prune. */
  readonly object: KubeObject;
  /** The object is a hook and is waited for even in a sync of one step. */
  readonly hook: boolean;
  /** The other Application that tracks the live object. */
  readonly sharedWith?: string | undefined;
}

/** What a sync does next. */
export type SyncStep =
  | { readonly kind: 'apply'; readonly tasks: readonly SyncTask[] }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done' };

/** What is known about the tasks so far. */
export interface SyncProgress {
  readonly results: readonly ResourceResult[];
  /** The health of the live object of a task, `undefined` for a kind without one. */
  readonly healthOf: (task: SyncTask) => Health | undefined;
}

/** Identifies a result: a hook may run in several phases. */
export function resultKey(ref: Omit<ResourceRef, 'version'>, phase: SyncPhase | undefined): string {
  return `${refKey(ref)} ${phase ?? 'Sync'}`;
}

/**
 * Decides the next step of a sync from what was done so far, so that a sync can go on after a restart: phase by phase
 * and wave by wave, a step only when everything in the one before it is applied and healthy (gitops-engine,
 * `sync_context`; as there, a sync of a single step does not wait for health).
 */
export function nextSyncStep(tasks: readonly SyncTask[], progress: SyncProgress): SyncStep {
  const regular = tasks.filter((task) => task.phase !== 'SyncFail');
  const wait = isMultiStep(tasks);
  for (const step of groupSteps(regular)) {
    const outcome = stepOutcome(step, { ...progress, wait });
    if (outcome === undefined) continue;
    if (outcome.kind !== 'failed') return outcome;
    const onFailure = tasks.filter((task) => task.phase === 'SyncFail');
    const handling = onFailure.length > 0 ? stepOutcome(onFailure, { ...progress, wait }) : undefined;
    return handling === undefined || handling.kind === 'failed' ? outcome : handling;
  }
  return { kind: 'done' };
}

/** `undefined` when the step is behind us. */
function stepOutcome(
  step: readonly SyncTask[],
  { results, healthOf, wait }: SyncProgress & { readonly wait: boolean },
): SyncStep | undefined {
  const byKey = new Map(results.map((result) => [resultKey(result, result.syncPhase), result]));
  const resultOf = (task: SyncTask): ResourceResult | undefined => byKey.get(resultKey(task.ref, task.phase));
  const refused = step.map(resultOf).find((result) => result?.status === 'SyncFailed');
  if (refused !== undefined) {
    return {
      kind: 'failed',
      message: `one or more objects failed to apply, reason: ${refused.message ?? ''}`,
    };
  }
  const pending = step.filter((task) => resultOf(task) === undefined);
  if (pending.length > 0) return { kind: 'apply', tasks: pending };
  const watched = step.filter((task) => (wait || task.hook) && !task.prune && !hasSucceeded(resultOf(task)));
  const health = watched.map((task) => ({ task, health: healthOf(task) }));
  if (health.some((item) => item.health?.status === 'Degraded' || hasFailed(resultOf(item.task)))) {
    return { kind: 'failed', message: 'one or more synchronization tasks completed unsuccessfully' };
  }
  const waiting = health.filter((item) => item.health !== undefined && item.health.status !== 'Healthy');
  return waiting[0] === undefined
    ? undefined
    : { kind: 'wait', message: waitMessage(waiting.map((w) => w.task)) };
}

function hasSucceeded(result: ResourceResult | undefined): boolean {
  return result?.hookPhase === 'Succeeded';
}

function hasFailed(result: ResourceResult | undefined): boolean {
  return result?.hookPhase === 'Failed' || result?.hookPhase === 'Error';
}

function waitMessage(tasks: readonly SyncTask[]): string {
  const first = tasks[0];
  if (first === undefined) return '';
  const what = first.hook ? 'waiting for completion of hook' : 'waiting for healthy state of';
  const name = `${first.ref.group}/${first.ref.kind}/${first.ref.name}`;
  const more = tasks.length > 1 ? ` and ${tasks.length - 1} more resources` : '';
  return `${what} ${name}${more}`;
}
