import { timestamp } from '../api/write-context.ts';
import { type Fields, fieldsAt, isFields, type KubeObject, listAt } from '../model/kube-object.ts';

/** A condition as a rule wants it; times are added. */
export interface Wanted {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

/** @returns the condition of a type, or an empty object. */
export function conditionOf(object: KubeObject, type: string): Fields {
  const found = listAt(object, 'status', 'conditions').find((each) => isFields(each) && each.type === type);
  return fieldsAt(found);
}

/** @returns the condition with `lastTransitionTime` of when its status last changed. */
export function conditionAt(object: KubeObject, wanted: Wanted, now: number): Fields {
  const former = conditionOf(object, wanted.type);
  const time = former.status === wanted.status ? former.lastTransitionTime : undefined;
  return { ...wanted, lastTransitionTime: time ?? timestamp(now) };
}
