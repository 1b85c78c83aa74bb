import { formatGoDuration, parseGoDuration } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { type KubeObject, refKey, refOf } from '../cluster/kube-object.ts';
import { writeFinalizers, writeStatus } from '../cluster/write-status.ts';
import type { Logger } from '../logger.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { repositoryKey } from '../source/repository-key.ts';
import { type ApplyContext, applyObjects, pendingObjects, pruneObject } from './apply-objects.ts';
import type { ObjectBuilder } from './build-objects.ts';
import { conditionStatus, findCondition } from './flux-condition.ts';
import { fluxKey } from './flux-owner.ts';
import { commitOf } from './git-repository.ts';
import { inventoryEntry, inventoryRef, mergeInventory } from './inventory.ts';
import { asKustomization, inventoryOf, type Kustomization, unsupportedFields } from './kustomization.ts';
import { checkHealth, healthCheckRefs, kindsOfRefs } from './kustomization-health.ts';
import { checkDependencies, findSource, NotReadyError } from './kustomization-source.ts';
import {
  attemptStart,
  type KustomizationOutcome,
  kustomizationStatus,
  timeoutOf,
} from './kustomization-status.ts';

/** The finalizer that lets Flux clean up before a Kustomization goes. */
const finalizer = 'finalizers.fluxcd.io';

/** What one reconcile works with. */
export interface KustomizationContext extends ApplyContext {
  readonly builder: ObjectBuilder;
  readonly repositories: ReadonlyMap<string, ManifestStore>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Brings one Kustomization forward as far as it goes without waiting, and writes its status. Resolves with the time
 * after which to look again, in milliseconds.
 */
export async function reconcileKustomization(
  found: KubeObject,
  context: KustomizationContext,
): Promise<number | undefined> {
  let kustomization = asKustomization(found);
  if (found.metadata.deletionTimestamp !== undefined) return await finalize(kustomization, context);
  if (kustomization.spec.suspend === true) return undefined;
  const finalizers = found.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) {
    const stored = await writeFinalizers(context.cluster, kustomization, [...finalizers, finalizer]);
    kustomization = asKustomization(stored);
  }
  const begin = async (outcome: KustomizationOutcome): Promise<void> => {
    kustomization = await report(kustomization, outcome, context);
  };
  const outcome = await attempt(kustomization, { ...context, begin }).catch(failure);
  await report(kustomization, outcome, context);
  return lookAgainAfter(kustomization, outcome);
}

/** The kinds that the last attempt left something of. */
export function inventoryKinds(kustomization: Kustomization): ReturnType<typeof kindsOfRefs> {
  return kindsOfRefs(inventoryOf(kustomization).flatMap((entry) => inventoryRef(entry) ?? []));
}

interface AttemptContext extends KustomizationContext {
  /** Reports that applying begins, before anything is touched. */
  readonly begin: (outcome: KustomizationOutcome) => Promise<void>;
}

async function attempt(kustomization: Kustomization, context: AttemptContext): Promise<KustomizationOutcome> {
  const { cluster } = context;
  const { revision, objects } = await desiredObjects(kustomization, context);
  const checks = healthCheckRefs(kustomization, objects);
  const kinds = kindsOfRefs([...objects.map(refOf), ...checks]);
  await cluster.follow([...kinds, ...inventoryKinds(kustomization)]);
  const entries = mergeInventory(objects.map(inventoryEntry), []);
  const inventory = mergeInventory(entries, inventoryOf(kustomization));
  const pending = await pendingObjects(objects, context);
  if (!isBegun(kustomization, { revision, pending })) {
    const timeout = formatGoDuration(timeoutOf(kustomization));
    const message = `Building manifests for revision ${revision} with a timeout of ${timeout}`;
    await context.begin({ kind: 'progressing', revision, message, inventory });
  }
  const unready = await applyObjects(pending, context).catch((error: unknown) => {
    throw new AttemptError('ReconciliationFailed', revision, error);
  });
  if (unready.length > 0) {
    const message = `waiting for ${unready.map((object) => object.metadata.name).join(', ')} to be established`;
    return { kind: 'progressing', revision, message, inventory };
  }
  await prune(kustomization, objects, context);
  const outcome = { revision, inventory: entries };
  return healthOutcome(
    kustomization,
    { ...outcome, health: checkHealth(checks, cluster), checked: checks.length > 0 },
    context,
  );
}

/** What git wants, or the reason why that cannot be known. */
async function desiredObjects(
  kustomization: Kustomization,
  { cluster, repositories, builder }: KustomizationContext,
): Promise<{ readonly revision: string; readonly objects: readonly KubeObject[] }> {
  const { url, revision } = findSource(kustomization, cluster);
  checkDependencies(kustomization, { cluster, revision });
  try {
    const fields = unsupportedFields(kustomization.spec);
    if (fields.length > 0)
      throw new Error(`the embedded agent does not support spec.${fields.join(', spec.')}`);
    const store = repositories.get(repositoryKey(url));
    if (store === undefined) throw new Error(`repository ${url} is not known to the embedded agent`);
    const path = kustomization.spec.path ?? './';
    const manifests = await store.load({
      commit: commitOf(revision),
      path,
      recurse: true,
      include: '',
      exclude: '',
    });
    return { revision, objects: await builder.build(manifests, kustomization, cluster.client) };
  } catch (error) {
    throw new AttemptError('BuildFailed', revision, error);
  }
}

/** Whether this very attempt was already announced, or has nothing to do that would be worth it. */
function isBegun(
  kustomization: Kustomization,
  { revision, pending }: { readonly revision: string; readonly pending: readonly KubeObject[] },
): boolean {
  const { status, metadata } = kustomization;
  if (status?.lastAttemptedRevision !== revision) return false;
  if (conditionStatus(kustomization, 'Ready') === 'True') {
    return pending.length === 0 && status.observedGeneration === metadata.generation;
  }
  const known = new Set(inventoryOf(kustomization).map((entry) => entry.id));
  return pending.every((object) => known.has(inventoryEntry(object).id));
}

async function prune(
  kustomization: Kustomization,
  objects: readonly KubeObject[],
  { cluster }: KustomizationContext,
): Promise<void> {
  if (kustomization.spec.prune !== true) return;
  const wanted = new Set(objects.map((object) => refKey(refOf(object))));
  const { namespace, name } = kustomization.metadata;
  const owner = fluxKey('Kustomization', namespace ?? '', name);
  for (const entry of inventoryOf(kustomization)) {
    const ref = inventoryRef(entry);
    if (ref !== undefined && !wanted.has(refKey(ref))) await pruneObject(ref, { cluster, owner });
  }
}

interface Applied {
  readonly revision: string;
  readonly inventory: ReturnType<typeof mergeInventory>;
  readonly health: ReturnType<typeof checkHealth>;
  readonly checked: boolean;
}

/** A failed check stays failed until the objects are healthy: waiting again would look like a new attempt. */
function healthOutcome(
  kustomization: Kustomization,
  { revision, inventory, health, checked }: Applied,
  { clock }: KustomizationContext,
): KustomizationOutcome {
  const { failed, waiting } = health;
  if (failed.length === 0 && waiting.length === 0) return { kind: 'ready', revision, inventory, checked };
  const timeout = timeoutOf(kustomization);
  const before = findCondition(kustomization, 'Ready');
  const spent = clock.now().getTime() - (attemptStart(kustomization) ?? clock.now().getTime());
  const reason = 'HealthCheckFailed';
  if (failed.length > 0) {
    const message = `health check failed: failed early due to stalled resources: [${failed.join(', ')}]`;
    return { kind: 'failed', reason, message, revision, inventory };
  }
  const sameAttempt = kustomization.status?.lastAttemptedRevision === revision;
  if (spent >= timeout || (sameAttempt && before?.reason === reason)) {
    const after = formatGoDuration(timeout);
    const message = `health check failed after ${after}: timeout waiting for: [${waiting.join(', ')}]`;
    return { kind: 'failed', reason, message, revision, inventory };
  }
  const message = `Running health checks for revision ${revision} with a timeout of ${formatGoDuration(timeout)}`;
  return { kind: 'progressing', revision, message, inventory };
}

/** Why an attempt at a revision ended. */
class AttemptError extends Error {
  override readonly name = 'AttemptError';
  readonly reason: string;
  readonly revision: string;

  constructor(reason: string, revision: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.reason = reason;
    this.revision = revision;
  }
}

function failure(error: unknown): KustomizationOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AttemptError) {
    return { kind: 'failed', reason: error.reason, message, revision: error.revision };
  }
  const reason = error instanceof NotReadyError ? error.reason : 'ReconciliationFailed';
  return { kind: 'failed', reason, message };
}

async function report(
  kustomization: Kustomization,
  outcome: KustomizationOutcome,
  { cluster, clock, logger }: KustomizationContext,
): Promise<Kustomization> {
  const status = kustomizationStatus(kustomization, outcome, clock.now());
  const stored = asKustomization(await writeStatus(cluster, kustomization, status));
  const [before, after] = [findCondition(kustomization, 'Ready'), findCondition(stored, 'Ready')];
  if (before?.status !== after?.status || before?.message !== after?.message) {
    const { namespace, name } = kustomization.metadata;
    const fields = { cluster: cluster.client.name, kustomization: `${namespace}/${name}` };
    logger.info('kustomization changed', { ...fields, ready: after?.status, message: after?.message });
  }
  return stored;
}

function lookAgainAfter({ spec }: Kustomization, outcome: KustomizationOutcome): number {
  const interval = parseGoDuration(spec.interval ?? '') ?? 600_000;
  if (outcome.kind === 'ready') return interval;
  if (outcome.kind === 'progressing') return parseGoDuration(spec.timeout ?? '') ?? interval;
  if (outcome.reason === 'DependencyNotReady' || outcome.reason === 'ArtifactFailed') return 30_000;
  return parseGoDuration(spec.retryInterval ?? '') ?? interval;
}

/** Deletes what was applied where the deletion policy says so, and lets the Kustomization go. */
async function finalize(
  kustomization: Kustomization,
  context: KustomizationContext,
): Promise<number | undefined> {
  const { cluster } = context;
  const finalizers = kustomization.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) return undefined;
  const policy = kustomization.spec.deletionPolicy ?? 'MirrorPrune';
  const cleans = policy === 'MirrorPrune' ? kustomization.spec.prune === true : policy !== 'Orphan';
  if (cleans && kustomization.spec.suspend !== true) {
    await cluster.follow(inventoryKinds(kustomization));
    const owned = { ...kustomization, spec: { ...kustomization.spec, prune: true } };
    await prune(owned, [], context);
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
