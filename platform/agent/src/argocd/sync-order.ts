import { kindRank } from '../cluster/kind-order.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { SyncPhase } from './application.ts';

const phaseOrder: readonly SyncPhase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

/** What the order of a sync is decided by. */
export interface Ordered {
  readonly phase: SyncPhase;
  readonly wave: number;
  readonly prune: boolean;
  readonly object: KubeObject;
}

/** The sync wave of an object ("Sync Phases and Waves"); 0 without the annotation. */
export function waveOf(object: KubeObject): number {
  const wave = Number.parseInt(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '', 10);
  return Number.isNaN(wave) ? 0 : wave;
}

/** Orders by phase, wave, what is pruned before what is applied, kind (pruning in reverse) and name (gitops-engine). */
export function compareOrder(a: Ordered, b: Ordered): number {
  const phase = phaseOrder.indexOf(a.phase) - phaseOrder.indexOf(b.phase);
  if (phase !== 0) return phase;
  if (a.wave !== b.wave) return a.wave - b.wave;
  if (a.prune !== b.prune) return a.prune ? -1 : 1;
  const kind = kindRank(a.object.kind) - kindRank(b.object.kind);
  if (kind !== 0) return a.prune ? -kind : kind;
  return nameOf(a.object) < nameOf(b.object) ? -1 : 1;
}

/** Groups items into the steps of a sync, in order: what may be done without waiting in between. */
export function groupSteps<T extends Ordered>(items: readonly T[]): readonly (readonly T[])[] {
  const steps: T[][] = [];
  for (const item of items.toSorted(compareOrder)) {
    const last = steps.at(-1)?.at(-1);
    if (last !== undefined && belongTogether(last, item)) steps.at(-1)?.push(item);
    else steps.push([item]);
  }
  return steps;
}

/** Says whether a sync has more than one phase or wave; only then does it wait for health (gitops-engine). */
export function isMultiStep(items: readonly Ordered[]): boolean {
  const counted = items.filter((item) => item.phase !== 'SyncFail');
  const parts = new Set(counted.map((item) => `${item.phase} ${item.wave}`));
  return parts.size > 1 || (counted.some(isDefinition) && !counted.every((item) => isDefinition(item)));
}

/** Custom resources wait until their definition is established, so definitions end a step. */
function belongTogether(a: Ordered, b: Ordered): boolean {
  return a.phase === b.phase && a.wave === b.wave && (!isDefinition(a) || isDefinition(b));
}

function isDefinition({ object, prune }: Ordered): boolean {
  return !prune && object.kind === 'CustomResourceDefinition';
}

function nameOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
