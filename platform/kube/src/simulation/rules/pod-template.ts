import { createHash } from 'node:crypto';
import { type Fields, fieldsAt, type KubeObject } from '../../model/kube-object.ts';
import { type Action, controlledBy, type View } from '../rule.ts';

/** @returns a short hash of a value, of letters and digits that spell no words. */
export function shortHash(value: unknown, length = 10): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const digest = createHash('sha256').update(JSON.stringify(value)).digest();
  return [...digest.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** @returns a pod made from the template of its owner. */
export function podFrom(owner: KubeObject, template: Fields, metadata: Fields): KubeObject {
  const { labels, annotations } = fieldsAt(template, 'metadata') as {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: owner.metadata.namespace ?? '',
      ...(labels ? { labels } : {}),
      annotations: { ...annotations, 'drydock.dev/simulated': 'true' },
      ownerReferences: controlledBy(owner),
      ...metadata,
    },
    spec: fieldsAt(template, 'spec'),
  };
}

/** Pods that a simulated node takes, and that are made in one go. */
const PODS_PER_NODE = 1000;
const BATCH = 200;

/** @returns what makes so many pods, as far as the nodes have room for them */
export function createPods(owner: KubeObject, count: number, view: View): readonly Action[] {
  if (count <= 0) return [];
  const room = PODS_PER_NODE * view.list('nodes').length - view.list('pods').length;
  const template = fieldsAt(owner, 'spec', 'template');
  const made = Math.max(0, Math.min(count, room, BATCH));
  if (made === 0) {
    const message = `the simulation keeps at most ${PODS_PER_NODE} pods per node`;
    return [{ do: 'event', about: owner, event: { type: 'Warning', reason: 'FailedCreate', message } }];
  }
  return Array.from({ length: made }, () => {
    const object = podFrom(owner, template, { generateName: `${owner.metadata.name}-` });
    return { do: 'create', resource: 'pods', object };
  });
}

/** @returns whether a pod counts: it is neither ending nor over. */
export function isActive(pod: KubeObject): boolean {
  const { phase } = fieldsAt(pod, 'status');
  return pod.metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

/** @returns whether the condition Ready of a pod is true. */
export function isReady(pod: KubeObject): boolean {
  const conditions = fieldsAt(pod, 'status').conditions;
  return (
    Array.isArray(conditions) && conditions.some((each) => each.type === 'Ready' && each.status === 'True')
  );
}
