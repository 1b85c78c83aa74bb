import { isJsonObject, type JsonObject, type JsonValue } from '@drydock/model';
import type { Manifest } from '../manifest.ts';

/** The pod template of a workload object: its labels and its spec. */
export interface PodTemplate {
  readonly labels: JsonObject;
  readonly spec: JsonObject;
}

/** The pod template of an object, or undefined when it runs no pods. */
export function podTemplateOf(manifest: Manifest): PodTemplate | undefined {
  const spec = objectAt(manifest, 'spec');
  if (manifest.kind === 'Pod') return { labels: objectAt(manifest.metadata, 'labels'), spec };
  const inner = manifest.kind === 'CronJob' ? objectAt(objectAt(spec, 'jobTemplate'), 'spec') : spec;
  if (!['CronJob', 'DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'].includes(manifest.kind))
    return undefined;
  const template = objectAt(inner, 'template');
  return { labels: objectAt(objectAt(template, 'metadata'), 'labels'), spec: objectAt(template, 'spec') };
}

/** Every container of a pod, also those that run before and beside it. */
export function containersOf(spec: JsonObject): readonly JsonObject[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) => listAt(spec, field));
}

/** A mapping below a key; an empty one when there is none. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const child = value[key];
  return isJsonObject(child) ? child : {};
}

/** The mappings of a list below a key. */
export function listAt(value: JsonObject, key: string): readonly JsonObject[] {
  const child: JsonValue | undefined = value[key];
  return Array.isArray(child) ? child.filter(isJsonObject) : [];
}
