import type { KubeObject } from '../cluster/kube-object.ts';
import { conditionsOf, handledRequest } from './flux-condition.ts';
import { unfetchableKinds } from './flux-kinds.ts';

/** The status of an object that would have to be fetched: never ready, and why. */
export function unfetchableStatus(object: KubeObject, now: Date): Readonly<Record<string, unknown>> {
  const known = unfetchableKinds.find(({ kind }) => kind === object.kind);
  const what = known?.what ?? object.kind;
  const reason = known?.reason ?? 'FetchFailed';
  const message = `the embedded agent does not fetch ${what}`;
  const ready = { type: 'Ready', status: 'False' as const, reason, message };
  return {
    ...(object.status as object | undefined),
    conditions: conditionsOf(object, [ready], now),
    observedGeneration: object.metadata.generation,
    lastHandledReconcileAt: handledRequest(object),
  };
}
