import { createHash } from 'node:crypto';
import { isRecord, type KubeObject } from '../cluster/kube-object.ts';

const known = new WeakMap<KubeObject, string>();

/**
 * A digest of what an object asks for: everything except its status and what the API server itself writes into the
 * metadata. Computed once for each immutable object.
 */
export function fingerprint(object: KubeObject): string {
  const found = known.get(object);
  if (found !== undefined) return found;
  const digest = createHash('sha1')
    .update(canonicalJson(comparable(object)))
    .digest('base64');
  known.set(object, digest);
  return digest;
}

/** The part of an object that desired and live state are compared by. */
export function comparable(object: KubeObject): KubeObject {
  const { status: _status, metadata, ...rest } = object;
  const {
    managedFields: _m,
    resourceVersion: _r,
    generation: _g,
    uid: _u,
    creationTimestamp: _c,
    ...kept
  } = metadata;
  return { ...rest, metadata: { ...kept, selfLink: undefined } } as unknown as KubeObject;
}

/** JSON with sorted keys, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`);
  return `{${fields.join(',')}}`;
}
