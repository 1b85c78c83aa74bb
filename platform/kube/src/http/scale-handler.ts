import { readPath, writePath } from '../model/json-path.ts';
import { fieldsAt, isFields, type KubeObject, numberAt } from '../model/kube-object.ts';
import { badRequest, methodNotAllowed, noSuchPath } from '../model/status-error.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import type { ScalePaths } from '../resources/resource-type.ts';
import { addWarning, sendJson } from './exchange.ts';
import { servedVersion } from './representation.ts';
import { mediaType, parseBody, readBody } from './request-body.ts';
import { type ResourceRequest, targetOf } from './resource-request.ts';
import { parseWriteOptions } from './write-options.ts';

/** Answers requests for `…/scale`, https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ (Scale) */
export async function handleScale(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served } = request;
  const paths = served.version.scale;
  if (paths === undefined) throw noSuchPath();
  const { method, headers } = exchange.request;
  if (method === 'GET')
    return sendJson(exchange, 200, scaleOf(cluster.api.get(targetOf(request)).object, paths));
  if (method !== 'PUT' && method !== 'PATCH')
    throw methodNotAllowed('the server does not allow this method on the requested resource');
  const body = parseBody(await readBody(exchange.request), headers['content-type']);
  const options = {
    ...parseWriteOptions(exchange.query, headers['user-agent']),
    apiVersion: servedVersion(served),
    subresource: 'scale',
    warn: (text: string) => addWarning(exchange, text),
  };
  const change = (live: KubeObject) =>
    withReplicas(live, method === 'PUT' ? body : patched(live, body, headers['content-type'], paths), paths);
  return sendJson(
    exchange,
    200,
    scaleOf(cluster.api.modify(targetOf(request), change, options).object, paths),
  );
}

function patched(
  live: KubeObject,
  body: unknown,
  contentType: string | undefined,
  paths: ScalePaths,
): unknown {
  const scale = scaleOf(live, paths);
  return mediaType(contentType) === 'application/json-patch+json'
    ? applyJsonPatch(scale, body)
    : applyMergePatch(scale, body);
}

function withReplicas(live: KubeObject, scale: unknown, paths: ScalePaths): KubeObject {
  const replicas = numberAt(scale, 'spec', 'replicas') ?? 0;
  if (!Number.isInteger(replicas) || replicas < 0)
    throw badRequest(`spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`);
  const resourceVersion = fieldsAt(scale, 'metadata').resourceVersion;
  const metadata =
    typeof resourceVersion === 'string' && resourceVersion !== ''
      ? { ...live.metadata, resourceVersion }
      : live.metadata;
  return { ...(writePath(live, paths.specReplicas, replicas) as KubeObject), metadata };
}

function scaleOf(object: KubeObject, paths: ScalePaths): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = paths.selector === undefined ? undefined : readPath(object, paths.selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: readPath(object, paths.specReplicas) ?? 0 },
    status: { replicas: readPath(object, paths.statusReplicas) ?? 0, selector: printSelector(selector) },
  };
}

function printSelector(selector: unknown): string {
  if (typeof selector === 'string') return selector;
  const labels = isFields(selector) ? (isFields(selector.matchLabels) ? selector.matchLabels : selector) : {};
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
