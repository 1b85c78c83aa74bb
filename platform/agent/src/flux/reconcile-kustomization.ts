import { formatGoDuration, parseGoDuration } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { type KubeObject, refOf } from '../cluster/kube-object.ts';
import { writeFinalizers, writeStatus } from '../cluster/write-status.ts';
import type { Logger } from '../logger.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { repositoryKey } from '../source/repository-key.ts';
import { type ApplyContext, applyObjects, pendingObjects } from './apply-objects.ts';
import type { ObjectBuilder } from './build-objects.ts';
import {
  finalizeKustomization,
  finalizer,
  inventoryKinds,
  pruneInventory,
} from './finalize-kustomization.ts';
import { conditionStatus, findCondition } from './flux-condition.ts';
import { commitOf } from './git-repository.ts';
import { healthOutcome } from './health-outcome.ts';
import { inventoryEntry, mergeInventory } from './inventory.ts';
import { asKustomization, inventoryOf, type Kustomization, unsupportedFields } from './kustomization.ts';
import { checkHealth, healthCheckRefs, kindsOfRefs } from './kustomization-health.ts';
import { AttemptError, checkDependencies, findSource, NotReadyError } from './kustomization-source.ts';
import { type KustomizationOutcome, kustomizationStatus, timeoutOf } from './kustomization-status.ts';

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
  if (found.metadata.deletionTimestamp !== undefined) {
    return await finalizeKustomization(kustomization, context.cluster);
  }
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
  if (kustomization.spec.prune === true) await pruneInventory(kustomization, { cluster, objects });
  const applied = { revision, inventory: entries, health: checkHealth(checks, cluster) };
  return healthOutcome(kustomization, { ...applied, checked: checks.length > 0 }, context.clock.now());
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
