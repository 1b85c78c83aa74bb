import type { KubeObject } from '../cluster/kube-object.ts';
import type { HealthCode } from '../health/health-status.ts';
import type { ComparedTarget } from './compared-target.ts';

// The parts of the Application API that the agent reads and writes; the schema is Argo CD's own
// (argoproj.io/v1alpha1, "Application Specification Reference").

/** Where manifests come from. */
export interface ApplicationSource {
  readonly repoURL: string;
  readonly path?: string | undefined;
  readonly targetRevision?: string | undefined;
  readonly chart?: string | undefined;
  readonly ref?: string | undefined;
  readonly helm?: unknown;
  readonly kustomize?: unknown;
  readonly plugin?: unknown;
  readonly directory?:
    | {
        readonly recurse?: boolean | undefined;
        readonly include?: string | undefined;
        readonly exclude?: string | undefined;
        readonly jsonnet?: unknown;
      }
    | undefined;
}

/** Where manifests go to. */
export interface ApplicationDestination {
  readonly name?: string | undefined;
  readonly server?: string | undefined;
  readonly namespace?: string | undefined;
}

/** How often a failed operation is repeated. */
export interface RetryStrategy {
  readonly limit?: number | undefined;
  readonly backoff?:
    | {
        readonly duration?: string | undefined;
        readonly factor?: number | undefined;
        readonly maxDuration?: string | undefined;
      }
    | undefined;
}

/** When and how to sync. */
export interface SyncPolicy {
  readonly automated?:
    | {
        readonly enabled?: boolean | undefined;
        readonly prune?: boolean | undefined;
        readonly selfHeal?: boolean | undefined;
        readonly allowEmpty?: boolean | undefined;
      }
    | undefined;
  readonly syncOptions?: readonly string[] | undefined;
  readonly retry?: RetryStrategy | undefined;
  readonly managedNamespaceMetadata?:
    | {
        readonly labels?: Readonly<Record<string, string>> | undefined;
        readonly annotations?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
}

/** Differences that do not count. */
export interface IgnoreDifference {
  readonly group?: string | undefined;
  readonly kind: string;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly jsonPointers?: readonly string[] | undefined;
}

/** What an Application asks for. */
export interface ApplicationSpec {
  readonly project?: string | undefined;
  readonly source?: ApplicationSource | undefined;
  readonly sources?: readonly ApplicationSource[] | undefined;
  readonly destination?: ApplicationDestination | undefined;
  readonly syncPolicy?: SyncPolicy | undefined;
  readonly ignoreDifferences?: readonly IgnoreDifference[] | undefined;
  readonly revisionHistoryLimit?: number | undefined;
}

/** What somebody asks for in `operation`, or what automated sync asks for by itself. */
export interface Operation {
  readonly initiatedBy?:
    | { readonly automated?: boolean | undefined; readonly username?: string | undefined }
    | undefined;
  readonly retry?: RetryStrategy | undefined;
  readonly sync?:
    | {
        readonly revision?: string | undefined;
        readonly prune?: boolean | undefined;
        readonly dryRun?: boolean | undefined;
        readonly syncOptions?: readonly string[] | undefined;
        readonly autoHealAttemptsCount?: number | undefined;
      }
    | undefined;
}

/** Argo CD's phases of an operation, and of a hook. */
export type OperationPhase = 'Running' | 'Terminating' | 'Failed' | 'Error' | 'Succeeded';

/** The order of the parts of a sync. */
export type SyncPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';

/** What a sync did with one object. */
export interface ResourceResult {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status?: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped' | undefined;
  readonly message?: string | undefined;
  readonly hookType?: string | undefined;
  readonly hookPhase?: OperationPhase | undefined;
  readonly syncPhase?: SyncPhase | undefined;
}

/** A sync that is under way or has ended. */
export interface OperationState {
  readonly operation: Operation;
  readonly phase: OperationPhase;
  readonly message?: string | undefined;
  readonly startedAt: string;
  readonly finishedAt?: string | undefined;
  readonly retryCount?: number | undefined;
  readonly syncResult?:
    | (ComparedTarget & { readonly resources?: readonly ResourceResult[] | undefined })
    | undefined;
}

/** Whether live state equals git; `Unknown` when they could not be compared. */
export type SyncCode = 'Synced' | 'OutOfSync' | 'Unknown';

/** One line of `status.resources`. */
export interface ResourceStatus {
  readonly group?: string | undefined;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly status: SyncCode;
  readonly health?: { readonly status: HealthCode; readonly message?: string | undefined } | undefined;
  readonly requiresPruning?: boolean | undefined;
  readonly syncWave?: number | undefined;
}

/** How the Application compares, and with what. */
export interface SyncStatus {
  readonly status: SyncCode;
  readonly revision?: string | undefined;
  readonly revisions?: readonly string[] | undefined;
  readonly comparedTo?: unknown;
}

/** The health of the Application as a whole. */
export interface HealthStatus {
  readonly status: HealthCode;
  readonly message?: string | undefined;
  /** When `status` last changed. */
  readonly lastTransitionTime?: string | undefined;
}

/** The condition types of Argo CD that the agent uses. */
export type ConditionType =
  | 'ComparisonError'
  | 'InvalidSpecError'
  | 'SyncError'
  | 'DeletionError'
  | 'UnknownError'
  | 'SharedResourceWarning'
  | 'RepeatedResourceWarning';

/** Something that stands in the way of an Application, or a warning about it. */
export interface ApplicationCondition {
  readonly type: ConditionType;
  readonly message: string;
  readonly lastTransitionTime?: string | undefined;
}

/** A sync that succeeded. */
export interface HistoryEntry extends ComparedTarget {
  readonly id: number;
  readonly deployedAt: string;
  readonly deployStartedAt?: string | undefined;
  readonly initiatedBy?: Operation['initiatedBy'];
}

/** What is reported about an Application. */
export interface ApplicationStatus {
  readonly sync?: SyncStatus | undefined;
  readonly health?: HealthStatus | undefined;
  readonly operationState?: OperationState | undefined;
  readonly resources?: readonly ResourceStatus[] | undefined;
  readonly conditions?: readonly ApplicationCondition[] | undefined;
  readonly history?: readonly HistoryEntry[] | undefined;
  readonly reconciledAt?: string | undefined;
  readonly sourceType?: string | undefined;
  readonly summary?: { readonly images?: readonly string[] | undefined } | undefined;
}

/** An Argo CD Application. */
export interface Application extends KubeObject {
  readonly spec: ApplicationSpec;
  readonly operation?: Operation | undefined;
  readonly status?: ApplicationStatus | undefined;
}

/** Reads an object of the API as an Application; a missing spec becomes an empty one. */
export function asApplication(object: KubeObject): Application {
  return { ...object, spec: (object.spec ?? {}) as ApplicationSpec } as Application;
}

/** All sources, in order. */
export function sourcesOf(spec: ApplicationSpec): readonly ApplicationSource[] {
  if (spec.sources !== undefined && spec.sources.length > 0) return spec.sources;
  return spec.source === undefined ? [] : [spec.source];
}

/** `automated` is on, unless it says `enabled: false`. */
export function isAutomated(spec: ApplicationSpec): boolean {
  const automated = spec.syncPolicy?.automated;
  return automated !== undefined && automated !== null && automated.enabled !== false;
}
