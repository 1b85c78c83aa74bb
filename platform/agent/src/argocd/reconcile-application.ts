import type { Clock } from '../clock.ts';
import { kubeTime } from '../clock.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import { healthOf } from '../health/health-rules.ts';
import type { Logger } from '../logger.ts';
import type { Application, ApplicationStatus, OperationState, ResourceResult } from './application.ts';
import { applicationStatus } from './application-status.ts';
import type { ApplicationWriter } from './application-writer.ts';
import { ignoredPointers } from './compare-state.ts';
import { createNamespace } from './create-namespace.ts';
import type { Observation } from './observation.ts';
import { type ObserveContext, observeApplication } from './observe-application.ts';
import { decideOperation, type OperationDecision, withResults } from './operation.ts';
import { failedResult } from './resource-result.ts';
import { deleteHooks } from './spent-hooks.ts';
import { runTasks, type SyncContext } from './sync-executor.ts';
import { syncOptionsOf } from './sync-options.ts';
import type { SyncTask } from './sync-plan.ts';

/** What one reconcile works with. */
export interface ReconcileContext extends ObserveContext {
  readonly writer: ApplicationWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How a reconcile was asked for, and what it leaves behind. */
export interface ReconcileRequest {
  /** Somebody or the poll asked to look at git again, so `reconciledAt` moves even if nothing else does. */
  readonly refreshed: boolean;
}

/** More steps than any sync has; the next reconcile goes on. */
const maxRounds = 200;

/**
 * Brings one Application forward as far as it goes without waiting: observe, decide, write the status, carry out the
 * step that was decided, and again. The decision is written before it is carried out, so that whoever comes after a
 * crash knows what was begun. Resolves with the time after which to look again, if there is one.
 */
export async function reconcileApplication(
  found: Application,
  context: ReconcileContext,
  request: ReconcileRequest,
): Promise<number | undefined> {
  let app = found;
  let stored = found;
  let refreshed = request.refreshed;
  for (let round = 0; round < maxRounds; round += 1) {
    const observation = await observeApplication(app, context, pinnedRevision(app));
    const now = context.clock.now();
    const taskHealth = (task: SyncTask) => liveHealth(task, observation);
    const decision = decideOperation(app, observation, { now, taskHealth });
    const { state, refusal } = decision;
    const status = applicationStatus({ app, observation, state, refusal, now });
    const ended = hasEnded(app.status?.operationState, state);
    stored = await write(stored, { status, decision, context, refreshed });
    app = { ...stored, spec: app.spec };
    refreshed = false;
    if (ended) continue; // what follows from the end, for example that it will not be tried again
    if (decision.apply.length === 0 && decision.remove === undefined) return decision.lookAgainIn;
    const results = await carryOut(app, { observation, decision, context });
    if (state === undefined) return undefined;
    app = { ...app, status: { ...app.status, operationState: withResults(state, results) } };
  }
  return 1_000;
}

function hasEnded(before: OperationState | undefined, after: OperationState | undefined): boolean {
  return before?.phase === 'Running' && after !== undefined && after.phase !== 'Running';
}

/** The revision that a running operation of somebody asks for, in place of the target revision. */
function pinnedRevision(app: Application): string | undefined {
  const running = app.status?.operationState;
  if (running?.phase === 'Running') {
    return running.operation.initiatedBy?.automated === true ? undefined : running.syncResult?.revision;
  }
  return app.operation?.sync?.revision;
}

/**
 * The health that a sync waits for. A child Application of unknown health is not waited for, as it does not count for the
 * health of its parent either: one whose chart cannot be fetched here would keep every later wave from ever being seen.
 */
function liveHealth(task: SyncTask, { cluster }: Observation): ReturnType<typeof healthOf> {
  const live = cluster?.get(task.ref);
  if (live === undefined) return { status: 'Missing' };
  const health = healthOf(live);
  const isChild = task.ref.group === 'argoproj.io' && task.ref.kind === 'Application';
  return isChild && health?.status === 'Unknown' ? undefined : health;
}

interface WriteInput {
  readonly status: ApplicationStatus;
  readonly decision: OperationDecision;
  readonly context: ReconcileContext;
  readonly refreshed: boolean;
}

async function write(app: Application, input: WriteInput): Promise<Application> {
  const { status, decision, context, refreshed } = input;
  const moved = refreshed || !sameJson(status, app.status);
  const reconciledAt = moved ? kubeTime(context.clock.now()) : app.status?.reconciledAt;
  const stored = await context.writer.writeStatus(app, { ...status, reconciledAt });
  logOutcome(app, status, context.logger);
  return decision.accepted === true ? await context.writer.clearOperation(stored) : stored;
}

function logOutcome(app: Application, status: ApplicationStatus, logger: Logger): void {
  const fields = {
    application: app.metadata.name,
    sync: status.sync?.status,
    health: status.health?.status,
    revision: status.sync?.revision,
  };
  const [before, after] = [app.status?.operationState?.phase, status.operationState?.phase];
  if (before !== after && after !== 'Running') {
    logger.info('sync ended', { ...fields, phase: after, message: status.operationState?.message });
  } else if (app.status?.sync?.status !== fields.sync || app.status?.health?.status !== fields.health) {
    logger.info('application changed', fields);
  }
}

interface CarryOut {
  readonly observation: Observation;
  readonly decision: OperationDecision;
  readonly context: ReconcileContext;
}

async function carryOut(
  app: Application,
  { observation, decision, context }: CarryOut,
): Promise<readonly ResourceResult[]> {
  const { cluster, project } = observation;
  const operation = decision.state?.operation;
  if (cluster === undefined || project === undefined || operation === undefined) return [];
  if (decision.remove !== undefined) return await deleteHooks(decision.remove, cluster);
  const { name, server } = context.destinations.find(app.spec.destination ?? {});
  const sync: SyncContext = {
    application: app.metadata.name,
    spec: app.spec,
    operation,
    options: syncOptionsOf(app.spec, operation),
    project,
    destination: { name, server },
    cluster,
    comparer: context.comparer,
    ignored: (ref) => ignoredPointers(app.spec, ref),
  };
  const refused = await createNamespace(sync);
  if (refused === undefined) return await runTasks(decision.apply, sync);
  return decision.apply.map((task) => failedResult(task.ref, task.phase, refused));
}
