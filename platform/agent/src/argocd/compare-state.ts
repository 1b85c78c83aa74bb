import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { ClusterError } from '../cluster/cluster-client.ts';
import { apiVersionOf, type KubeObject, keyOf, type ResourceRef, refOf } from '../cluster/kube-object.ts';
import type { LiveComparer } from '../compare/live-comparer.ts';
import { healthOf } from '../health/health-rules.ts';
import type { ApplicationSpec, SyncCode } from './application.ts';
import type { ComparedResource } from './compared-resource.ts';
import { isHook } from './hooks.ts';
import { waveOf } from './sync-order.ts';
import { trackedBy } from './tracking.ts';

/** What is compared with what. */
export interface CompareRequest {
  readonly application: string;
  readonly spec: ApplicationSpec;
  readonly cluster: ClusterCache;
  readonly comparer: LiveComparer;
  readonly desired: readonly KubeObject[];
}

/** Compares every desired object with the live one, and finds the tracked ones that are no longer desired. */
export async function compareState(request: CompareRequest): Promise<readonly ComparedResource[]> {
  const wanted = await Promise.all(request.desired.map((desired) => compareDesired(desired, request)));
  const keys = new Set(request.desired.map(keyOf));
  const extra = request.cluster
    .ownedBy(request.application)
    .filter((live) => !keys.has(keyOf(live)) && !isHook(live))
    .filter((live) => (live.metadata.ownerReferences ?? []).length === 0)
    .map(extraneous);
  return [...wanted, ...extra].toSorted(byReference);
}

/** The JSON pointers that `ignoreDifferences` lists for an object ("Diff Customization"). */
export function ignoredPointers(spec: ApplicationSpec, ref: ResourceRef): readonly string[] {
  return (spec.ignoreDifferences ?? [])
    .filter(
      (rule) =>
        (rule.group ?? '') === ref.group &&
        rule.kind === ref.kind &&
        (!rule.name || rule.name === ref.name) &&
        (!rule.namespace || rule.namespace === ref.namespace),
    )
    .flatMap((rule) => rule.jsonPointers ?? []);
}

async function compareDesired(desired: KubeObject, request: CompareRequest): Promise<ComparedResource> {
  const ref = refOf(desired);
  const live = request.cluster.get(ref);
  const wave = waveOf(desired);
  if (live === undefined) {
    const health = { status: 'Missing' as const };
    return { ref, desired, wave, status: 'OutOfSync', health, requiresPruning: false };
  }
  const owner = trackedBy(live);
  const sharedWith = owner !== undefined && owner !== request.application ? owner : undefined;
  const status = await syncCodeOf(desired, live, request);
  return { ref, desired, live, wave, status, health: healthOf(live), requiresPruning: false, sharedWith };
}

async function syncCodeOf(desired: KubeObject, live: KubeObject, request: CompareRequest): Promise<SyncCode> {
  const { cluster, comparer, spec } = request;
  const ref = refOf(desired);
  const { client } = cluster;
  const type = await client.findType(apiVersionOf(ref.group, ref.version), ref.kind);
  if (type === undefined) return 'OutOfSync';
  try {
    const ignore = ignoredPointers(spec, ref);
    return (await comparer.inSync({ client, type, desired, live, ignore })) ? 'Synced' : 'OutOfSync';
  } catch (error) {
    // The server refuses what git wants, an immutable field for example: the sync will say so in full.
    if (error instanceof ClusterError && error.code >= 400 && error.code < 500) return 'OutOfSync';
    throw error;
  }
}

function extraneous(live: KubeObject): ComparedResource {
  const options = live.metadata.annotations?.['argocd.argoproj.io/compare-options'] ?? '';
  const ignored = options.split(',').some((option) => option.trim() === 'IgnoreExtraneous');
  return {
    ref: refOf(live),
    live,
    wave: waveOf(live),
    status: ignored ? 'Synced' : 'OutOfSync',
    health: healthOf(live),
    requiresPruning: !ignored,
  };
}

function byReference(a: ComparedResource, b: ComparedResource): number {
  const text = ({ ref }: ComparedResource): string => `${ref.group}/${ref.kind}/${ref.namespace}/${ref.name}`;
  return text(a) < text(b) ? -1 : 1;
}
