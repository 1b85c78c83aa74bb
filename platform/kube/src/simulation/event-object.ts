import { timestamp } from '../api/write-context.ts';
import type { KubeObject } from '../model/kube-object.ts';
import type { SimulationEvent } from './rule.ts';
import { shortHash } from './rules/pod-template.ts';

/** Events older than this are dropped, as on a real API server. */
export const EVENT_TTL = 3600_000;

/**
 * @param former the Event about the same thing that there is already; it is counted up
 * @returns an Event that says where it comes from
 */
export function eventObject(
  about: KubeObject,
  event: SimulationEvent,
  former: KubeObject | undefined,
  now: number,
): KubeObject {
  const { apiVersion, kind, metadata } = about;
  const { name = '', namespace = 'default', uid = '', resourceVersion } = metadata;
  const time = timestamp(now);
  return {
    ...former,
    apiVersion: 'v1',
    kind: 'Event',
    metadata: former?.metadata ?? { name: eventName(about, event), namespace },
    involvedObject: { apiVersion, kind, name, namespace, uid, resourceVersion },
    ...event,
    source: { component: 'drydock-simulation' },
    reportingComponent: 'drydock-simulation',
    reportingInstance: '',
    firstTimestamp: former?.firstTimestamp ?? time,
    lastTimestamp: time,
    count: Number(former?.count ?? 0) + 1,
  };
}

/** The same thing about the same object has the same name, so that repetitions are counted and do not pile up. */
export function eventName(about: KubeObject, event: SimulationEvent): string {
  return `${about.metadata.name}.${shortHash([about.metadata.uid, event.reason, event.message], 16)}`;
}
