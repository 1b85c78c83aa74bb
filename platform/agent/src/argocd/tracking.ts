import { type KubeObject, type ResourceRef, refOf } from '../cluster/kube-object.ts';

/** The annotation by which Argo CD knows its objects ("Resource Tracking", method `annotation`, the default since 3.0). */
export const trackingAnnotation = 'argocd.argoproj.io/tracking-id';

/** The value of the annotation: `<app>:<group>/<kind>:<namespace>/<name>`. */
export function trackingId(application: string, ref: ResourceRef): string {
  return `${application}:${ref.group}/${ref.kind}:${ref.namespace}/${ref.name}`;
}

/**
 * The Application that an object belongs to. An id that names another object does not count: controllers copy
 * annotations from owner to dependent.
 */
export function trackedBy(object: KubeObject): string | undefined {
  const id = object.metadata.annotations?.[trackingAnnotation];
  if (id === undefined) return undefined;
  const application = id.slice(0, id.indexOf(':'));
  return id === trackingId(application, refOf(object)) ? application : undefined;
}

/** A copy of an object that carries the tracking annotation. */
export function withTracking(object: KubeObject, application: string): KubeObject {
  const annotations = {
    ...object.metadata.annotations,
    [trackingAnnotation]: trackingId(application, refOf(object)),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
