import type { KubeObject } from '../model/kube-object.ts';
import { conflict, StatusError } from '../model/status-error.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { timestamp } from './write-context.ts';

/** `DeleteOptions`, https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/delete-options/ */
export interface DeleteOptions {
  readonly propagationPolicy?: string | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  readonly dryRun?: boolean;
}

/** What a delete does: the object goes at once, or stays in another state until its finalizers are done. */
export type Deletion =
  | { readonly action: 'remove' }
  | { readonly action: 'mark'; readonly object: KubeObject };

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** @throws StatusError 409 when a precondition does not hold. */
export function decideDeletion(
  live: KubeObject,
  type: ResourceType,
  options: DeleteOptions,
  now: number,
): Deletion {
  refuseSystemNamespace(live, type);
  checkPreconditions(live, type, options);
  const finalizers = finalizersFor(live, options);
  const grace = gracePeriod(live, type, options);
  if (finalizers.length === 0 && grace === 0 && type.id !== 'namespaces') return { action: 'remove' };
  const { metadata } = live;
  const marked = metadata.deletionTimestamp !== undefined;
  if (marked && finalizers.length === (metadata.finalizers ?? []).length)
    return { action: 'mark', object: live };
  const stamps = marked
    ? {}
    : { deletionTimestamp: timestamp(now + grace * 1000), deletionGracePeriodSeconds: grace };
  const object: KubeObject = {
    ...live,
    metadata: { ...metadata, ...stamps, ...(finalizers.length > 0 ? { finalizers } : {}) },
  };
  return {
    action: 'mark',
    object: type.id === 'namespaces' ? { ...object, status: { phase: 'Terminating' } } : object,
  };
}

/** @returns whether an object that was marked for deletion has nothing left to wait for. */
export function isReleased(object: KubeObject, type: ResourceType): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata;
  return (
    deletionTimestamp !== undefined &&
    finalizers.length === 0 &&
    deletionGracePeriodSeconds === 0 &&
    type.id !== 'namespaces'
  );
}

/** https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle */
const LASTING: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

function refuseSystemNamespace({ metadata }: KubeObject, type: ResourceType): void {
  const { name = '' } = metadata;
  if (type.id !== 'namespaces' || !LASTING.has(name)) return;
  const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`;
  throw new StatusError(403, 'Forbidden', message, { name, kind: 'namespaces' });
}

function checkPreconditions(live: KubeObject, type: ResourceType, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion, name = '' } = live.metadata;
  if (preconditions?.uid !== undefined && preconditions.uid !== uid)
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${preconditions.uid}, UID in object meta: ${uid}`,
    );
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion)
    throw conflict(
      type,
      name,
      `Precondition failed: ResourceVersion in precondition: ${preconditions.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`,
    );
}

function finalizersFor(live: KubeObject, { propagationPolicy }: DeleteOptions): string[] {
  const others = (live.metadata.finalizers ?? []).filter((name) => name !== FOREGROUND && name !== ORPHAN);
  if (propagationPolicy === 'Foreground') return [...others, FOREGROUND];
  if (propagationPolicy === 'Orphan') return [...others, ORPHAN];
  return propagationPolicy === 'Background' ? others : [...(live.metadata.finalizers ?? [])];
}

/** Only pods that run somewhere are given time to end. */
function gracePeriod(live: KubeObject, type: ResourceType, options: DeleteOptions): number {
  if (type.id !== 'pods') return 0;
  const spec = live.spec as { nodeName?: string; terminationGracePeriodSeconds?: number } | undefined;
  if (!spec?.nodeName) return 0;
  return Math.max(0, options.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30);
}
