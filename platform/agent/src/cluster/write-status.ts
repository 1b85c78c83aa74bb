import type { ClusterCache } from './cluster-cache.ts';
import { ClusterError, type PatchOptions } from './cluster-client.ts';
import type { KubeObject } from './kube-object.ts';
import { createMergePatch } from './merge-patch.ts';

/**
 * Writes what differs in the status of an object, to its status subresource where its kind has one. Resolves with the
 * object as it is stored now; nothing is sent when nothing differs.
 */
export async function writeStatus(
  cluster: ClusterCache,
  object: KubeObject,
  status: object,
): Promise<KubeObject> {
  const patch = createMergePatch(object.status ?? {}, status);
  if (patch === undefined) return object;
  const type = await cluster.client.findType(object.apiVersion, object.kind);
  const subresource = type?.hasStatus === true ? ('status' as const) : undefined;
  return await patchObject(cluster, object, { patch: { status: patch }, subresource });
}

/** Patches an object and takes the answer into the cache. */
export async function patchObject(
  cluster: ClusterCache,
  object: KubeObject,
  change: PatchOptions,
): Promise<KubeObject> {
  const { client } = cluster;
  const type = await client.findType(object.apiVersion, object.kind);
  if (type === undefined) {
    throw new ClusterError(`${client.name} does not serve ${object.kind}`, { code: 404, reason: 'NotFound' });
  }
  const stored = await client.patch(type, object.metadata, change);
  if (stored.metadata.deletionTimestamp === undefined) cluster.observe(stored);
  return stored;
}

/** Replaces the finalizers of an object, unless somebody changed it meanwhile. */
export async function writeFinalizers(
  cluster: ClusterCache,
  object: KubeObject,
  finalizers: readonly string[],
): Promise<KubeObject> {
  const { resourceVersion } = object.metadata;
  return await patchObject(cluster, object, { patch: { metadata: { finalizers, resourceVersion } } });
}
