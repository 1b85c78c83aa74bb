import { kubeTime } from '../clock.ts';
import { type KubeObject, listAt, stringAt } from '../cluster/kube-object.ts';

/** A condition as Kubernetes and Flux write it (`metav1.Condition`). */
export interface FluxCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number | undefined;
  readonly lastTransitionTime: string;
}

/** A condition before it is known whether it is new. */
export type NewCondition = Pick<FluxCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The annotation by which users and the `flux` command ask for a reconcile at once. */
export const requestedAtAnnotation = 'reconcile.fluxcd.io/requestedAt';

/** The status that an object reports about a type, `undefined` for none. */
export function conditionStatus(object: KubeObject | undefined, type: string): string | undefined {
  return findCondition(object, type)?.status;
}

/** A condition of an object. */
export function findCondition(object: KubeObject | undefined, type: string): FluxCondition | undefined {
  return listAt(object, 'status', 'conditions').find((item) => stringAt(item, 'type') === type) as
    | FluxCondition
    | undefined;
}

/** Puts conditions on an object: `lastTransitionTime` moves only when the status of a type changes. */
export function conditionsOf(
  object: KubeObject,
  wanted: readonly NewCondition[],
  now: Date,
): readonly FluxCondition[] {
  return wanted.map((condition) => {
    const before = findCondition(object, condition.type);
    const same = before?.status === condition.status;
    return {
      ...condition,
      observedGeneration: object.metadata.generation,
      lastTransitionTime: same ? before.lastTransitionTime : kubeTime(now),
    };
  });
}

/** What a reconcile that was asked for by annotation leaves in `status.lastHandledReconcileAt`. */
export function handledRequest(object: KubeObject): string | undefined {
  const asked = object.metadata.annotations?.[requestedAtAnnotation];
  return asked ?? (stringAt(object, 'status', 'lastHandledReconcileAt') || undefined);
}
