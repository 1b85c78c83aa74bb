import { kubeTime } from '../clock.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import { type Health, type HealthCode, isWorse, worstHealth } from '../health/health-status.ts';
import type {
  Application,
  ApplicationCondition,
  ApplicationSpec,
  ApplicationStatus,
  HistoryEntry,
  OperationState,
  ResourceStatus,
} from './application.ts';
import type { ComparedResource } from './compared-resource.ts';
import { revisionText } from './compared-target.ts';
import { imagesOf } from './images.ts';
import type { Observation } from './observation.ts';

/** What the status of an Application follows from. */
export interface StatusInput {
  readonly app: Application;
  readonly observation: Observation;
  readonly state: OperationState | undefined;
  /** Why automated sync does not begin. */
  readonly refusal?: string | undefined;
  readonly now: Date;
}

/** The status to report. Times only move when what they tell about has changed. */
export function applicationStatus(input: StatusInput): ApplicationStatus {
  const { app, observation, state, now } = input;
  const before = app.status ?? {};
  const unknown = observation.sync === 'Unknown';
  return {
    ...before,
    sync: {
      status: observation.sync,
      revision: observation.target?.revision || undefined,
      revisions: observation.target?.revisions,
      comparedTo: comparedTo(app.spec),
    },
    health: timed(applicationHealth(observation, state), before.health, now),
    resources: unknown ? before.resources : observation.resources.map(resourceStatus),
    conditions: conditions(input),
    operationState: state,
    history: history(app, state),
    sourceType: observation.target === undefined ? before.sourceType : 'Directory',
    summary: unknown ? before.summary : { images: imagesOf(observation.resources) },
  };
}

/**
 * The worst health of the resources. While a sync is under way it is `Progressing` at best: what is live may still be
 * the state of the revision before, and nobody may take that for the health of the new one.
 */
export function applicationHealth(observation: Observation, state: OperationState | undefined): Health {
  if (observation.sync === 'Unknown') return { status: 'Unknown' };
  const status = worstHealth(observation.resources.flatMap(countedHealth));
  if (state?.phase === 'Running' && isWorse('Progressing', status)) {
    return { status: 'Progressing', message: `sync of ${revisionText(state.syncResult)} is under way` };
  }
  return { status };
}

function comparedTo({ destination, source, sources }: ApplicationSpec): unknown {
  const several = sources !== undefined && sources.length > 0;
  return { destination: destination ?? {}, ...(several ? { sources } : { source }) };
}

/** A child Application that is missing or unknown says nothing about its parent (Argo CD, `setApplicationHealth`). */
function countedHealth({ ref, health, live, desired }: ComparedResource): readonly HealthCode[] {
  const annotations = (live ?? desired)?.metadata.annotations;
  if (annotations?.['argocd.argoproj.io/ignore-healthcheck'] === 'true' || health === undefined) return [];
  const isChild = ref.group === 'argoproj.io' && ref.kind === 'Application';
  if (isChild && (health.status === 'Missing' || health.status === 'Unknown')) return [];
  return [health.status];
}

function timed(health: Health, before: ApplicationStatus['health'], now: Date): ApplicationStatus['health'] {
  const same = before?.status === health.status && before.lastTransitionTime !== undefined;
  return { ...health, lastTransitionTime: same ? before.lastTransitionTime : kubeTime(now) };
}

function resourceStatus(resource: ComparedResource): ResourceStatus {
  const { ref, status, health, requiresPruning, wave } = resource;
  return {
    group: ref.group || undefined,
    version: ref.version,
    kind: ref.kind,
    namespace: ref.namespace || undefined,
    name: ref.name,
    status,
    health:
      health === undefined ? undefined : { status: health.status, message: health.message || undefined },
    requiresPruning: requiresPruning || undefined,
    syncWave: wave === 0 ? undefined : wave,
  };
}

function conditions({
  app,
  observation,
  refusal,
  now,
}: StatusInput): readonly ApplicationCondition[] | undefined {
  const refused: readonly ApplicationCondition[] =
    refusal === undefined ? [] : [{ type: 'SyncError', message: refusal }];
  const found = [...observation.conditions, ...refused].map((condition) => {
    const same = app.status?.conditions?.find(
      (known) => known.type === condition.type && known.message === condition.message,
    );
    return { ...condition, lastTransitionTime: same?.lastTransitionTime ?? kubeTime(now) };
  });
  return found.length === 0 ? undefined : found;
}

/** The finished syncs, oldest first, at most `revisionHistoryLimit` (10) of them. */
function history(app: Application, state: OperationState | undefined): readonly HistoryEntry[] | undefined {
  const known = app.status?.history ?? [];
  if (state?.phase !== 'Succeeded' || sameJson(state, app.status?.operationState)) return app.status?.history;
  const { resources: _, ...target } = state.syncResult ?? { revision: '' };
  const entry: HistoryEntry = {
    ...target,
    id: (known.at(-1)?.id ?? -1) + 1,
    deployStartedAt: state.startedAt,
    deployedAt: state.finishedAt ?? state.startedAt,
    initiatedBy: state.operation.initiatedBy,
  };
  const limit = app.spec.revisionHistoryLimit ?? 10;
  return limit <= 0 ? [] : [...known, entry].slice(-limit);
}
