import { type KubeObject, refOf } from '../cluster/kube-object.ts';
import type { OperationState } from './application.ts';
import type { ComparedResource } from './compared-resource.ts';
import { revisionText } from './compared-target.ts';
import { hookPhases, hookTypes, namedHook } from './hooks.ts';
import type { SyncOptions } from './sync-options.ts';
import { waveOf } from './sync-order.ts';
import type { SyncTask } from './sync-plan.ts';

/** What the tasks of a sync follow from. */
export interface SyncTaskInput {
  readonly resources: readonly ComparedResource[];
  readonly hooks: readonly KubeObject[];
  readonly options: SyncOptions;
  readonly state: OperationState;
}

/** The tasks of a sync: apply what git has, prune what it no longer has, run the hooks. */
export function syncTasks({ resources, hooks, options, state }: SyncTaskInput): readonly SyncTask[] {
  const done = new Set((state.syncResult?.resources ?? []).map((result) => result.name));
  const ordinary = resources
    .filter((resource) => isDue(resource, options, done))
    .flatMap((resource) => resourceTask(resource));
  const attempt = `${revisionText(state.syncResult).slice(0, 7)}-${state.retryCount ?? 0}`;
  const all = [...ordinary, ...hooks.flatMap((hook) => hookTasks(hook, attempt))];
  return options.pruneLast ? pruneLast(all) : pruneInReverse(all);
}

/** What came last goes first: the waves of what is pruned change places among each other (gitops-engine). */
function pruneInReverse(tasks: readonly SyncTask[]): readonly SyncTask[] {
  const waves = [...new Set(tasks.filter((task) => task.prune).map((task) => task.wave))].sort(
    (a, b) => a - b,
  );
  const mirrored = (wave: number): number => waves.at(-1 - waves.indexOf(wave)) ?? wave;
  return tasks.map((task) => (task.prune ? { ...task, wave: mirrored(task.wave) } : task));
}

/** With `PruneLast=true`, a wave of its own after all others, which are waited for. */
function pruneLast(tasks: readonly SyncTask[]): readonly SyncTask[] {
  const last = Math.max(0, ...tasks.map((task) => task.wave)) + 1;
  return tasks.map((task) => (task.prune ? { ...task, wave: last } : task));
}

/** With `ApplyOutOfSyncOnly=true`, what is in sync is left alone; what was begun stays part of the plan. */
function isDue(resource: ComparedResource, options: SyncOptions, done: ReadonlySet<string>): boolean {
  return !options.applyOutOfSyncOnly || resource.status !== 'Synced' || done.has(resource.ref.name);
}

function resourceTask(resource: ComparedResource): readonly SyncTask[] {
  const prune = resource.desired === undefined;
  const object = resource.desired ?? resource.live;
  if (object === undefined || (prune && !resource.requiresPruning)) return [];
  const { ref, wave, sharedWith } = resource;
  return [{ ref, object, wave, prune, sharedWith, phase: 'Sync', hook: false }];
}

function hookTasks(hook: KubeObject, attempt: string): readonly SyncTask[] {
  if (hookTypes(hook).includes('Skip')) return [];
  return hookPhases(hook).map((phase) => {
    const object = namedHook(hook, phase, attempt);
    return { ref: refOf(object), object, wave: waveOf(object), phase, hook: true, prune: false };
  });
}
