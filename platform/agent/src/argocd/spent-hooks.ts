import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { apiVersionOf } from '../cluster/kube-object.ts';
import type { ResourceResult } from './application.ts';
import { hookDeletePolicies } from './hooks.ts';
import { resultKey, type SyncTask } from './sync-plan.ts';

/** A hook that has run and whose policy says that it goes, with its result. */
export interface SpentHook {
  readonly task: SyncTask;
  readonly result: ResourceResult;
}

const policyOf: Readonly<Record<string, string>> = {
  Succeeded: 'HookSucceeded',
  Failed: 'HookFailed',
  Error: 'HookFailed',
};

const removed = 'hook deleted';

/** The hooks to delete before a sync ends, by `argocd.argoproj.io/hook-delete-policy` ("Resource Hooks"). */
export function spentHooks(
  tasks: readonly SyncTask[],
  results: readonly ResourceResult[],
): readonly SpentHook[] {
  const byKey = new Map(results.map((result) => [resultKey(result, result.syncPhase), result]));
  return tasks.flatMap((task) => {
    const result = task.hook ? byKey.get(resultKey(task.ref, task.phase)) : undefined;
    if (result?.hookPhase === undefined || result.message === removed) return [];
    const policy = policyOf[result.hookPhase];
    const goes = policy !== undefined && hookDeletePolicies(task.object).includes(policy);
    return goes ? [{ task, result }] : [];
  });
}

/** Deletes hooks; resolves with the results that say so. */
export async function deleteHooks(
  hooks: readonly SpentHook[],
  cluster: ClusterCache,
): Promise<readonly ResourceResult[]> {
  return await Promise.all(
    hooks.map(async ({ task, result }) => {
      const type = await cluster.client.findType(
        apiVersionOf(task.ref.group, task.ref.version),
        task.ref.kind,
      );
      if (type === undefined) return { ...result, message: removed };
      await cluster.client.delete(type, task.ref, { propagation: 'Background' });
      await cluster.refetch(type, task.ref);
      return { ...result, message: removed };
    }),
  );
}
