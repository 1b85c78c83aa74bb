import { type Fields, isFields, type KubeObject } from '../model/kube-object.ts';
import { badRequest, StatusError } from '../model/status-error.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import { applyStrategicMergePatch } from '../patch/strategic-merge-patch.ts';
import type { ServedResource } from '../resources/registry.ts';
import { storageSchema } from '../resources/resource-type.ts';
import { inVersion } from './representation.ts';
import { mediaType, parseBody, readBody } from './request-body.ts';
import { type ResourceRequest, sendObject, targetOf, writeOptions } from './resource-request.ts';

const JSON_PATCH = 'application/json-patch+json';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

/** Answers a PATCH, https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply */
export async function handlePatch(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served } = request;
  const contentType = exchange.request.headers['content-type'];
  const type = mediaType(contentType);
  const change = type === APPLY ? undefined : changeFor(type, served);
  const body = parseBody(await readBody(exchange.request), contentType);
  if (change === undefined) return applyTo(request, body);
  const written = cluster.api.modify(targetOf(request), (live) => change(live, body), writeOptions(request));
  return sendObject(request, 200, written);
}

function applyTo(request: ResourceRequest, body: unknown): Promise<void> {
  const { query } = request.exchange;
  if (!query.get('fieldManager'))
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  const force = query.get('force') === 'true' || query.get('force') === '1';
  const written = request.cluster.api.apply(targetOf(request), body, { ...writeOptions(request), force });
  return sendObject(request, written.created ? 201 : 200, written);
}

function changeFor(type: string, served: ServedResource): (live: KubeObject, body: unknown) => unknown {
  if (type === JSON_PATCH) return (live, body) => applyJsonPatch(inVersion(live, served), body);
  if (type === MERGE) return (live, body) => applyMergePatch(inVersion(live, served), objectBody(body));
  if (type === STRATEGIC && !served.type.custom) {
    const schema = storageSchema(served.type);
    return (live, body) => applyStrategicMergePatch(live, objectBody(body), schema);
  }
  const accepted = [JSON_PATCH, MERGE, APPLY, ...(served.type.custom ? [] : [STRATEGIC])].join(', ');
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  throw new StatusError(415, 'UnsupportedMediaType', message);
}

function objectBody(body: unknown): Fields {
  if (!isFields(body)) throw badRequest('the patch is not an object');
  return body;
}
