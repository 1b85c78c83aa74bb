import type { ClusterCache } from '../cluster/cluster-cache.ts';
import type { ResourceType } from '../cluster/cluster-client.ts';
import { apiVersionOf, type KubeObject, type ResourceRef } from '../cluster/kube-object.ts';
import type { LiveComparer } from '../compare/live-comparer.ts';
import { healthOf } from '../health/health-rules.ts';
import type { ApplicationSpec, Operation, ResourceResult } from './application.ts';
import { hookDeletePolicies, hookTypes } from './hooks.ts';
import { type Project, permitsDestination, permitsKind } from './project-policy.ts';
import { hasResourceOption, isKept, type SyncOptions } from './sync-options.ts';
import type { SyncTask } from './sync-plan.ts';

/** The field manager under which Argo CD's application controller applies. */
export const fieldManager = 'argocd-controller';

/** Where and under which rules the tasks are carried out. */
export interface SyncContext {
  readonly application: string;
  readonly spec: ApplicationSpec;
  readonly operation: Operation;
  readonly options: SyncOptions;
  readonly project: Project;
  readonly destination: { readonly name: string; readonly server: string };
  readonly cluster: ClusterCache;
  readonly comparer: LiveComparer;
  readonly ignored: (ref: ResourceRef) => readonly string[];
}

/** Carries out the tasks of one step, kind after kind, and stops after the first kind with a failure. */
export async function runTasks(
  tasks: readonly SyncTask[],
  context: SyncContext,
): Promise<readonly ResourceResult[]> {
  const results: ResourceResult[] = [];
  for (const group of byKind(tasks)) {
    const done = await Promise.all(group.map((task) => runTask(task, context)));
    results.push(...done);
    if (done.some((result) => result.status === 'SyncFailed')) break;
  }
  return results;
}

/** Argo CD's refusal of a kind or namespace by the project, or `undefined` when it is permitted. */
export function refusalOf(ref: ResourceRef, type: ResourceType, context: SyncContext): string | undefined {
  const { project, destination } = context;
  if (!permitsKind(project, { ...ref, namespaced: type.namespaced })) {
    return `resource ${ref.group}:${ref.kind} is not permitted in project ${project.name}.`;
  }
  const place = { ...destination, namespace: ref.namespace };
  if (type.namespaced && !permitsDestination(project, place)) {
    return `namespace ${ref.namespace} is not permitted in project '${project.name}'`;
  }
  return undefined;
}

type Outcome = Pick<ResourceResult, 'status' | 'message' | 'hookPhase'>;

async function runTask(task: SyncTask, context: SyncContext): Promise<ResourceResult> {
  const hookType = task.hook ? hookTypes(task.object).find((type) => type === task.phase) : undefined;
  const outcome = await attempt(task, context).catch(failed);
  return { ...task.ref, ...outcome, syncPhase: task.phase, hookType };
}

async function attempt(task: SyncTask, context: SyncContext): Promise<Outcome> {
  const { ref } = task;
  const { client } = context.cluster;
  const type = await client.findType(apiVersionOf(ref.group, ref.version), ref.kind);
  if (type === undefined) return failed(new Error(unknownKind(ref)));
  const refusal = refusalOf(ref, type, context);
  if (refusal !== undefined) return failed(new Error(refusal));
  if (task.prune) return await prune(task, type, context);
  if (task.hook) return await runHook(task, type, context);
  if (task.sharedWith !== undefined && context.options.failOnSharedResource) {
    const both = `${context.application} and ${task.sharedWith}`;
    return failed(new Error(`${ref.kind}/${ref.name} is part of applications ${both}`));
  }
  return await applyObject(task, type, context);
}

async function applyObject(task: SyncTask, type: ResourceType, context: SyncContext): Promise<Outcome> {
  const { cluster, comparer, options } = context;
  const before = cluster.get(task.ref);
  const replaces = options.replace || hasResourceOption(task.object, 'Replace=true');
  const after = replaces
    ? await replaceObject(task.object, type, { cluster, before })
    : await cluster.client.apply(type, task.object, { fieldManager });
  cluster.observe(after);
  if (!replaces) comparer.remember(cluster.client, task.object, after, context.ignored(task.ref));
  return { status: 'Synced', message: `${nameOf(type, task.ref)} ${verbOf(before, after)}` };
}

async function replaceObject(
  object: KubeObject,
  type: ResourceType,
  { cluster, before }: { readonly cluster: ClusterCache; readonly before: KubeObject | undefined },
): Promise<KubeObject> {
  if (before === undefined) return await cluster.client.create(type, object);
  const metadata = { ...object.metadata, resourceVersion: before.metadata.resourceVersion };
  return await cluster.client.replace(type, { ...object, metadata });
}

async function prune(task: SyncTask, type: ResourceType, context: SyncContext): Promise<Outcome> {
  if (isKept(task.object)) return { status: 'PruneSkipped', message: 'ignored (no prune)' };
  if (context.operation.sync?.prune !== true) {
    return { status: 'PruneSkipped', message: 'ignored (requires pruning)' };
  }
  if (task.object.metadata.deletionTimestamp === undefined) {
    const { uid } = task.object.metadata;
    await context.cluster.client.delete(type, task.ref, { propagation: context.options.propagation, uid });
    await context.cluster.refetch(type, task.ref);
  }
  return { status: 'Pruned', message: 'pruned' };
}

/** Creates a hook; one that is left from an earlier attempt goes first, by Argo CD's default deletion policy. */
async function runHook(task: SyncTask, type: ResourceType, { cluster }: SyncContext): Promise<Outcome> {
  const { client } = cluster;
  const policies = hookDeletePolicies(task.object);
  const before = await client.get(type, task.ref);
  if (before !== undefined && policies.includes('BeforeHookCreation')) {
    await client.delete(type, task.ref, { propagation: 'Background' });
  }
  const created = await client.apply(type, task.object, { fieldManager });
  cluster.observe(created);
  const health = healthOf(created);
  const done = health === undefined || health.status === 'Healthy';
  return {
    status: 'Synced',
    message: `${nameOf(type, task.ref)} created`,
    hookPhase: done ? 'Succeeded' : 'Running',
  };
}

function byKind(tasks: readonly SyncTask[]): Iterable<readonly SyncTask[]> {
  return Map.groupBy(tasks, (task) => `${task.ref.group}/${task.ref.kind}`).values();
}

function failed(error: unknown): Outcome {
  return { status: 'SyncFailed', message: error instanceof Error ? error.message : String(error) };
}

function verbOf(before: KubeObject | undefined, after: KubeObject): string {
  if (before === undefined) return 'created';
  return before.metadata.resourceVersion === after.metadata.resourceVersion ? 'unchanged' : 'configured';
}

function nameOf(type: ResourceType, ref: ResourceRef): string {
  const kind = type.kind.toLowerCase();
  return `${type.group === '' ? kind : `${kind}.${type.group}`}/${ref.name}`;
}

function unknownKind(ref: ResourceRef): string {
  return (
    `The Kubernetes API could not find ${ref.group}/${ref.kind} for requested resource ${ref.namespace}/${ref.name}. ` +
    `Make sure the "${ref.kind}" CRD is installed on the destination cluster.`
  );
}
