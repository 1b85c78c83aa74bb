import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { type KubeObject, refKey, refOf } from '../cluster/kube-object.ts';
import { writeFinalizers } from '../cluster/write-status.ts';
import { pruneObject } from './apply-objects.ts';
import { fluxKey } from './flux-owner.ts';
import { inventoryRef } from './inventory.ts';
import { inventoryOf, type Kustomization } from './kustomization.ts';
import { kindsOfRefs } from './kustomization-health.ts';

/** The finalizer that lets Flux clean up before a Kustomization goes. */
export const finalizer = 'finalizers.fluxcd.io';

/**
 * Deletes what was applied where the deletion policy says so, and lets the Kustomization go. Resolves with the time after
 * which to look again, in milliseconds.
 */
export async function finalizeKustomization(
  kustomization: Kustomization,
  cluster: ClusterCache,
): Promise<number | undefined> {
  const finalizers = kustomization.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) return undefined;
  const policy = kustomization.spec.deletionPolicy ?? 'MirrorPrune';
  const cleans = policy === 'MirrorPrune' ? kustomization.spec.prune === true : policy !== 'Orphan';
  if (cleans && kustomization.spec.suspend !== true) {
    await cluster.follow(inventoryKinds(kustomization));
    await pruneInventory(kustomization, { cluster, objects: [] });
    const left = inventoryOf(kustomization).some((entry) => {
      const ref = inventoryRef(entry);
      return ref !== undefined && cluster.get(ref) !== undefined;
    });
    if (left && policy === 'WaitForTermination') return 1_000;
  }
  const kept = finalizers.filter((name) => name !== finalizer);
  await writeFinalizers(cluster, kustomization, kept);
  return undefined;
}

/** Deletes what the last attempt applied and is not among `objects` any more. */
export async function pruneInventory(
  kustomization: Kustomization,
  { cluster, objects }: { readonly cluster: ClusterCache; readonly objects: readonly KubeObject[] },
): Promise<void> {
  const wanted = new Set(objects.map((object) => refKey(refOf(object))));
  const { namespace, name } = kustomization.metadata;
  const owner = fluxKey('Kustomization', namespace ?? '', name);
  for (const entry of inventoryOf(kustomization)) {
    const ref = inventoryRef(entry);
    if (ref !== undefined && !wanted.has(refKey(ref))) await pruneObject(ref, { cluster, owner });
  }
}

/** The kinds that the last attempt left something of. */
export function inventoryKinds(kustomization: Kustomization): ReturnType<typeof kindsOfRefs> {
  return kindsOfRefs(inventoryOf(kustomization).flatMap((entry) => inventoryRef(entry) ?? []));
}
