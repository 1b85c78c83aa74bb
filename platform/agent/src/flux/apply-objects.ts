import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { ClusterError, type ResourceType } from '../cluster/cluster-client.ts';
import { kindRank } from '../cluster/kind-order.ts';
import { apiVersionOf, type KubeObject, type ResourceRef, refOf } from '../cluster/kube-object.ts';
import type { LiveComparer } from '../compare/live-comparer.ts';
import { healthOf } from '../health/health-rules.ts';
import { fluxOwnerOf } from './flux-owner.ts';

/** The field manager under which Flux's kustomize-controller applies. */
export const fieldManager = 'kustomize-controller';

/** Where objects are applied. */
export interface ApplyContext {
  readonly cluster: ClusterCache;
  readonly comparer: LiveComparer;
}

/** Of the desired objects those that differ from what is live, in the order of applying. */
export async function pendingObjects(
  objects: readonly KubeObject[],
  context: ApplyContext,
): Promise<readonly KubeObject[]> {
  const differs = await Promise.all(objects.map((object) => isPending(object, context)));
  return objects
    .filter((_, index) => differs[index])
    .toSorted((a, b) => stageOf(a) - stageOf(b) || kindRank(a.kind) - kindRank(b.kind));
}

/**
 * Applies objects: definitions and namespaces first. Resolves with the definitions that are not yet established, which
 * the rest has to wait for.
 *
 * @throws ClusterError naming the object that was refused
 */
export async function applyObjects(
  pending: readonly KubeObject[],
  context: ApplyContext,
): Promise<readonly KubeObject[]> {
  const [first, rest] = [pending.filter(isFirst), pending.filter((object) => !isFirst(object))];
  for (const object of first) await applyObject(object, context);
  const unready = first.filter((object) => !isEstablished(context.cluster.get(refOf(object))));
  if (unready.length > 0) return unready;
  for (const object of rest) await applyObject(object, context);
  return [];
}

/** Deletes an object that a Kustomization applied, unless it is not its own or is to be kept. */
export async function pruneObject(
  ref: ResourceRef,
  { cluster, owner }: { readonly cluster: ClusterCache; readonly owner: string },
): Promise<void> {
  const live = cluster.get(ref);
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return;
  const kept = live.metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled';
  if (kept || fluxOwnerOf(live) !== owner) return;
  const type = await cluster.client.findType(live.apiVersion, live.kind);
  if (type === undefined) return;
  await cluster.client.delete(type, ref, { propagation: 'Background', uid: live.metadata.uid });
  await cluster.refetch(type, ref);
}

async function isPending(desired: KubeObject, { cluster, comparer }: ApplyContext): Promise<boolean> {
  const ref = refOf(desired);
  const live = cluster.get(ref);
  if (live === undefined) return true;
  if (live.metadata.annotations?.['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled') return false;
  const type = await cluster.client.findType(desired.apiVersion, desired.kind);
  if (type === undefined) return true;
  try {
    return !(await comparer.inSync({ client: cluster.client, type, desired, live, ignore: [] }));
  } catch (error) {
    if (error instanceof ClusterError) return true; // applying it will say what is wrong
    throw error;
  }
}

async function applyObject(object: KubeObject, { cluster, comparer }: ApplyContext): Promise<void> {
  const ref = refOf(object);
  const name = [ref.kind, ref.namespace, ref.name].filter((part) => part !== '').join('/');
  const type = await cluster.client.findType(apiVersionOf(ref.group, ref.version), ref.kind);
  if (type === undefined) {
    const message = `${name} dry-run failed: no matches for kind "${ref.kind}" in version "${object.apiVersion}"`;
    throw new ClusterError(message, { code: 404, reason: 'NotFound' });
  }
  if (type.namespaced && ref.namespace === '') {
    throw new ClusterError(`${name} namespace not specified`, { code: 400, reason: 'BadRequest' });
  }
  const live = await send(object, type, { cluster, name });
  cluster.observe(live);
  comparer.remember(cluster.client, object, live, []);
}

async function send(
  object: KubeObject,
  type: ResourceType,
  { cluster, name }: { readonly cluster: ClusterCache; readonly name: string },
): Promise<KubeObject> {
  try {
    return await cluster.client.apply(type, object, { fieldManager });
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    const message = `${name} dry-run failed (${error.reason}): ${error.message}`;
    throw new ClusterError(message, { code: error.code, reason: error.reason, cause: error });
  }
}

function isFirst(object: KubeObject): boolean {
  return object.kind === 'CustomResourceDefinition' || object.kind === 'Namespace';
}

function stageOf(object: KubeObject): number {
  return isFirst(object) ? 0 : 1;
}

function isEstablished(live: KubeObject | undefined): boolean {
  if (live === undefined) return false;
  const health = healthOf(live);
  return health === undefined || health.status === 'Healthy';
}
