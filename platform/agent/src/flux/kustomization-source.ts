import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { type KubeObject, stringAt } from '../cluster/kube-object.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import { conditionStatus } from './flux-condition.ts';
import { gitRepositoryKind, kustomizationKind } from './flux-kinds.ts';
import { asKustomization, type FluxReference, type Kustomization } from './kustomization.ts';

/** Why a Kustomization cannot begin: one of Flux's reasons and a message. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The source of a Kustomization and the revision that it has stored. */
export interface FoundSource {
  readonly url: string;
  readonly revision: string;
}

/** Finds the artifact to apply. @throws NotReadyError when there is none */
export function findSource(kustomization: Kustomization, cluster: ClusterCache): FoundSource {
  const ref = kustomization.spec.sourceRef;
  if (ref?.kind !== gitRepositoryKind.kind) {
    const message = `the embedded agent applies from a GitRepository only, not from ${ref?.kind ?? 'nothing'}`;
    throw new NotReadyError('ArtifactFailed', message);
  }
  const source = cluster.get(placeOf(ref, kustomization, gitRepositoryKind));
  if (source === undefined) {
    const name = `${ref.namespace ?? kustomization.metadata.namespace}/${ref.name}`;
    throw new NotReadyError('ArtifactFailed', `Source 'GitRepository/${name}' not found`);
  }
  const revision = stringAt(source, 'status', 'artifact', 'revision');
  if (revision === '')
    throw new NotReadyError('ArtifactFailed', 'Source artifact not found, retrying in 30s');
  return { url: stringAt(source, 'spec', 'url'), revision };
}

/** Makes sure that what a Kustomization depends on is ready. @throws NotReadyError when it is not */
export function checkDependencies(
  kustomization: Kustomization,
  { cluster, revision }: { readonly cluster: ClusterCache; readonly revision: string },
): void {
  for (const ref of kustomization.spec.dependsOn ?? []) {
    const name = `${ref.namespace ?? kustomization.metadata.namespace}/${ref.name}`;
    const found = cluster.get(placeOf(ref, kustomization, kustomizationKind));
    if (found === undefined) throw new NotReadyError('DependencyNotReady', `dependency '${name}' not found`);
    const problem = dependencyProblem(kustomization, { found, revision });
    if (problem === undefined) continue;
    throw new NotReadyError('DependencyNotReady', `dependency '${name}' ${problem}`);
  }
}

/** Dependencies on the same source have to be at the same revision, so that one commit is applied in order. */
function dependencyProblem(
  kustomization: Kustomization,
  { found, revision }: { readonly found: KubeObject; readonly revision: string },
): string | undefined {
  const dependency = asKustomization(found);
  const observed = dependency.status?.observedGeneration === dependency.metadata.generation;
  if (!observed || conditionStatus(dependency, 'Ready') !== 'True') return 'is not ready';
  const sameNamespace = dependency.metadata.namespace === kustomization.metadata.namespace;
  const sameSource = sameNamespace && sameJson(dependency.spec.sourceRef, kustomization.spec.sourceRef);
  const upToDate = dependency.status?.lastAppliedRevision === revision;
  return sameSource && !upToDate ? 'revision is not up to date' : undefined;
}

function placeOf(
  ref: FluxReference,
  kustomization: Kustomization,
  kind: { readonly group: string; readonly kind: string },
): { group: string; kind: string; namespace: string; name: string } {
  const namespace = ref.namespace ?? kustomization.metadata.namespace ?? '';
  return { group: kind.group, kind: kind.kind, namespace, name: ref.name };
}

/** Why an attempt at a revision ended: one of Flux's reasons, the revision and the cause. */
export class AttemptError extends Error {
  override readonly name = 'AttemptError';
  readonly reason: string;
  readonly revision: string;

  constructor(reason: string, revision: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.reason = reason;
    this.revision = revision;
  }
}
