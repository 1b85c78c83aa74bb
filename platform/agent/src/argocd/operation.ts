import { type Backoff, backoffDelay, parseGoDuration } from '../backoff.ts';
import { kubeTime } from '../clock.ts';
import type { Health } from '../health/health-status.ts';
import type { Application, OperationState, ResourceResult, RetryStrategy } from './application.ts';
import { automatedOperation, beginOperation, decideAutoSync, sameAttempt } from './auto-sync.ts';
import type { Observation } from './observation.ts';
import { type SpentHook, spentHooks } from './spent-hooks.ts';
import { syncOptionsOf } from './sync-options.ts';
import { nextSyncStep, type SyncTask } from './sync-plan.ts';
import { syncTasks } from './sync-tasks.ts';

/** What to do about the operation of an Application. */
export interface OperationDecision {
  /** The state to write, `undefined` when there was never an operation. */
  readonly state: OperationState | undefined;
  /** Tasks to carry out once the state is written. */
  readonly apply: readonly SyncTask[];
  /** Hooks to delete before the operation ends. */
  readonly remove?: readonly SpentHook[] | undefined;
  /** The request in `operation` was taken up and is to be removed. */
  readonly accepted?: boolean | undefined;
  /** When to look again, in milliseconds. */
  readonly lookAgainIn?: number | undefined;
  /** Why automated sync does not begin. */
  readonly refusal?: string | undefined;
}

/** How the health of the live object of a task is known. */
export type TaskHealth = (task: SyncTask) => Health | undefined;

const defaultBackoff: Backoff = { first: 5_000, factor: 2, max: 180_000 };

/** Decides what happens with the operation of an Application: begin, go on, retry, finish or leave it. */
export function decideOperation(
  app: Application,
  observation: Observation,
  context: { readonly now: Date; readonly taskHealth: TaskHealth },
): OperationDecision {
  const { now } = context;
  const state = app.status?.operationState;
  if (state?.phase === 'Terminating') {
    return idle(finish(state, { phase: 'Failed', message: 'Operation terminated', now }));
  }
  if (observation.sync === 'Unknown') return unable(app, observation, now);
  if (state?.phase === 'Running') {
    if (isSuperseded(state, observation)) return supersede(app, observation, context);
    return proceed(app, { ...context, observation, state });
  }
  if (app.operation?.sync !== undefined) {
    const begun = beginOperation(app.operation, observation, now);
    return { ...proceed(app, { ...context, observation, state: begun }), accepted: true };
  }
  const auto = decideAutoSync(app, observation, now);
  if (auto.kind === 'refused') return { state, apply: [], refusal: auto.message };
  if (auto.kind === 'later') return { state, apply: [], lookAgainIn: auto.milliseconds };
  if (auto.kind === 'none') return idle(state);
  const begun = beginOperation(auto.operation, observation, now);
  return proceed(app, { ...context, observation, state: begun });
}

/** Adds what was just done to the state; of two results for the same object the later one stays. */
export function withResults(state: OperationState, results: readonly ResourceResult[]): OperationState {
  const keyOf = (r: ResourceResult): string => [r.group, r.kind, r.namespace, r.name, r.syncPhase].join('/');
  const merged = new Map((state.syncResult?.resources ?? []).map((result) => [keyOf(result), result]));
  for (const result of results) merged.set(keyOf(result), result);
  const revision = state.syncResult?.revision ?? '';
  return { ...state, syncResult: { ...state.syncResult, revision, resources: [...merged.values()] } };
}

/** What cannot be compared cannot be synced: a request is answered so, what is under way waits. */
function unable(app: Application, observation: Observation, now: Date): OperationDecision {
  const state = app.status?.operationState;
  if (state?.phase === 'Running' || app.operation?.sync === undefined) return idle(state);
  const message = observation.conditions.map((condition) => condition.message).join('; ');
  const begun = beginOperation(app.operation, observation, now);
  return { ...idle(finish(begun, { phase: 'Error', message, now })), accepted: true };
}

interface Going {
  readonly observation: Observation;
  readonly state: OperationState;
  readonly now: Date;
  readonly taskHealth: TaskHealth;
}

/**
 * An automated sync whose revision is no longer wanted gives way, so that a step which never becomes healthy does not
 * keep out the revision that mends it. Argo CD waits for the operation to end instead.
 */
function isSuperseded(state: OperationState, observation: Observation): boolean {
  const automated = state.operation.initiatedBy?.automated === true;
  return automated && !sameAttempt(state, observation);
}

function supersede(
  app: Application,
  observation: Observation,
  context: { readonly now: Date; readonly taskHealth: TaskHealth },
): OperationDecision {
  const operation = automatedOperation(app, observation.target ?? { revision: '' }, 0);
  const state = beginOperation(operation, observation, context.now);
  return proceed(app, { ...context, observation, state });
}

function proceed(app: Application, { observation, state, now, taskHealth }: Going): OperationDecision {
  const attempt = currentAttempt(state, now);
  if (typeof attempt === 'number') return { state, apply: [], lookAgainIn: attempt };
  const options = syncOptionsOf(app.spec, attempt.operation);
  const { resources, hooks } = observation;
  const tasks = syncTasks({ resources, hooks, options, state: attempt });
  const running = withHookPhases(attempt, tasks, taskHealth);
  const results = running.syncResult?.resources ?? [];
  const step = nextSyncStep(tasks, { results, healthOf: taskHealth });
  const spent = step.kind === 'done' || step.kind === 'failed' ? spentHooks(tasks, results) : [];
  if (spent.length > 0) return { state: running, apply: [], remove: spent };
  switch (step.kind) {
    case 'apply':
      return { state: { ...running, message: 'applying' }, apply: step.tasks };
    case 'wait':
      return idle({ ...running, message: step.message });
    case 'failed':
      return retryOrFail(running, step.message, now);
    case 'done':
      return idle(finish(running, { phase: 'Succeeded', message: successMessage(running), now }));
  }
}

/** The attempt that is under way, or how many milliseconds are left until the next one. */
function currentAttempt(state: OperationState, now: Date): OperationState | number {
  if (state.finishedAt === undefined) return state;
  const due =
    Date.parse(state.finishedAt) + backoffDelay(backoffOf(state.operation.retry), state.retryCount ?? 1);
  if (now.getTime() < due) return due - now.getTime();
  const revision = state.syncResult?.revision ?? '';
  return { ...state, finishedAt: undefined, syncResult: { ...state.syncResult, revision, resources: [] } };
}

function retryOrFail(state: OperationState, message: string, now: Date): OperationDecision {
  const limit = state.operation.retry?.limit ?? 0;
  const failures = (state.retryCount ?? 0) + 1;
  if (limit >= 0 && failures > limit) {
    const retried = limit === 0 ? '' : ` (retried ${limit} times).`;
    return idle(finish(state, { phase: 'Failed', message: `${message}${retried}`, now }));
  }
  const delay = backoffDelay(backoffOf(state.operation.retry), failures);
  const at = kubeTime(new Date(now.getTime() + delay));
  return {
    state: {
      ...state,
      finishedAt: kubeTime(now),
      retryCount: failures,
      message: `${message}. Retrying attempt #${failures} at ${at}.`,
    },
    apply: [],
    lookAgainIn: delay,
  };
}

/** Argo CD's defaults where the strategy does not say: 5s, factor 2, at most 3m. */
function backoffOf(retry: RetryStrategy | undefined): Backoff {
  const { duration, factor, maxDuration } = retry?.backoff ?? {};
  return {
    first: parseGoDuration(duration ?? '') ?? defaultBackoff.first,
    factor: factor ?? defaultBackoff.factor,
    max: parseGoDuration(maxDuration ?? '') ?? defaultBackoff.max,
  };
}

function finish(
  state: OperationState,
  { phase, message, now }: { phase: OperationState['phase']; message: string; now: Date },
): OperationState {
  return { ...state, phase, message, finishedAt: kubeTime(now) };
}

function successMessage(state: OperationState): string {
  const results = state.syncResult?.resources ?? [];
  const skipped = results.filter((result) => result.status === 'PruneSkipped').length;
  const done = 'successfully synced (all tasks run)';
  return skipped === 0 ? done : `successfully synced (no more tasks), ${skipped} resource(s) require pruning`;
}

function withHookPhases(
  state: OperationState,
  tasks: readonly SyncTask[],
  taskHealth: TaskHealth,
): OperationState {
  const hooks = new Map(
    tasks.filter((task) => task.hook).map((task) => [hookKey(task.ref, task.phase), task]),
  );
  const updated = (state.syncResult?.resources ?? []).map((result) => {
    const task = hooks.get(hookKey(result, result.syncPhase));
    if (task === undefined || result.hookPhase !== 'Running') return result;
    const health = taskHealth(task);
    if (health?.status === 'Healthy') return { ...result, hookPhase: 'Succeeded' as const };
    if (health?.status === 'Degraded') return { ...result, hookPhase: 'Failed' as const };
    return result;
  });
  return withResults(state, updated);
}

function hookKey(ref: { kind: string; namespace: string; name: string }, phase: string | undefined): string {
  return [ref.kind, ref.namespace, ref.name, phase].join('/');
}

function idle(state: OperationState | undefined): OperationDecision {
  return { state, apply: [] };
}
