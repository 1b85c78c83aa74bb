import type { Backoff } from '../backoff.ts';
import { backoffDelay } from '../backoff.ts';
import { kubeTime } from '../clock.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import type { Application, Operation, OperationState } from './application.ts';
import { isAutomated } from './application.ts';
import type { ComparedResource } from './compared-resource.ts';
import { type ComparedTarget, revisionText } from './compared-target.ts';
import type { Observation } from './observation.ts';

/** Whether automated sync begins an operation now, later or not at all. */
export type AutoSync =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'later'; readonly milliseconds: number }
  | { readonly kind: 'start'; readonly operation: Operation };

/** Argo CD repeats self-healing of the same revision after 2 s, 6 s, 18 s … up to 5 minutes. */
const selfHealBackoff: Backoff = { first: 2_000, factor: 3, max: 300_000 };

/** After this long without self-healing the count begins anew, in milliseconds. */
const selfHealCooldown = 330_000;

const none: AutoSync = { kind: 'none' };

/** Decides about automated sync ("Automated Sync Policy" in Argo CD's user guide). */
export function decideAutoSync(app: Application, observation: Observation, now: Date): AutoSync {
  const automated = app.spec.syncPolicy?.automated;
  if (!isAutomated(app.spec) || observation.sync !== 'OutOfSync') return none;
  const { target, resources } = observation;
  if (target === undefined) return none;
  const revision = revisionText(target);
  const due = resources.filter((resource) => resource.status !== 'Synced' && !isLeaving(resource));
  const onlyPrune = due.every((resource) => resource.requiresPruning);
  if (due.length === 0 || (automated?.prune !== true && onlyPrune)) return none;
  const wipes = automated?.prune === true && resources.every((r) => r.requiresPruning);
  if (wipes && automated?.allowEmpty !== true) {
    return {
      kind: 'refused',
      message: `Skipping sync attempt to ${revision}: auto-sync will wipe out all resources`,
    };
  }
  const last = app.status?.operationState;
  if (last === undefined || !sameAttempt(last, observation)) return start(app, target, 0);
  if (last.phase !== 'Succeeded') {
    return { kind: 'refused', message: `Failed last sync attempt to [${revision}]: ${last.message ?? ''}` };
  }
  return automated?.selfHeal === true ? selfHeal(app, { last, target, now }) : none;
}

/** The operation of an automated sync; without a strategy of its own it is retried five times. */
export function automatedOperation(
  app: Application,
  target: ComparedTarget,
  healAttempts: number,
): Operation {
  const { automated, retry, syncOptions } = app.spec.syncPolicy ?? {};
  return {
    initiatedBy: { automated: true },
    retry: retry ?? { limit: 5 },
    sync: {
      revision: target.revision || undefined,
      prune: automated?.prune === true,
      syncOptions,
      autoHealAttemptsCount: healAttempts === 0 ? undefined : healAttempts,
    },
  };
}

/** The state of an operation that has just begun. */
export function beginOperation(operation: Operation, observation: Observation, now: Date): OperationState {
  return {
    operation,
    phase: 'Running',
    message: 'waiting to start',
    startedAt: kubeTime(now),
    syncResult: { ...(observation.target ?? { revision: '' }), resources: [] },
  };
}

function start(app: Application, target: ComparedTarget, healAttempts: number): AutoSync {
  return { kind: 'start', operation: automatedOperation(app, target, healAttempts) };
}

/** Being deleted already: there is nothing left to do about it. */
function isLeaving({ requiresPruning, live }: ComparedResource): boolean {
  return requiresPruning && live?.metadata.deletionTimestamp !== undefined;
}

interface LastSync {
  readonly last: OperationState;
  readonly target: ComparedTarget;
  readonly now: Date;
}

function selfHeal(app: Application, { last, target, now }: LastSync): AutoSync {
  const idle = now.getTime() - Date.parse(last.finishedAt ?? last.startedAt);
  const attempts = idle > selfHealCooldown ? 0 : (last.operation.sync?.autoHealAttemptsCount ?? 0);
  const wait = attempts === 0 ? 0 : backoffDelay(selfHealBackoff, attempts) - idle;
  if (wait > 0) return { kind: 'later', milliseconds: wait };
  return start(app, target, attempts + 1);
}

/** Says whether an operation was for exactly this revision of exactly this source. */
export function sameAttempt(last: OperationState, { target }: Observation): boolean {
  return sameJson({ ...last.syncResult, resources: undefined }, target);
}
