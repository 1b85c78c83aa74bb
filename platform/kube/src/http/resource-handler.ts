import type { ClusterApi, Target } from '../api/cluster-api.ts';
import type { DeleteOptions } from '../api/delete-rules.ts';
import type { WriteOptions, Written } from '../api/write-context.ts';
import {
  at,
  type Fields,
  fieldsAt,
  isFields,
  type KubeObject,
  numberAt,
  stringAt,
} from '../model/kube-object.ts';
import { badRequest, methodNotAllowed, noSuchPath, StatusError } from '../model/status-error.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import { applyStrategicMergePatch } from '../patch/strategic-merge-patch.ts';
import type { ServedResource } from '../resources/registry.ts';
import { storageSchema } from '../resources/resource-type.ts';
import { acceptedFormat } from './accept.ts';
import { addWarning, type Exchange, sendJson, sendText } from './exchange.ts';
import { parseListOptions } from './list-options.ts';
import type { ListPages } from './list-pages.ts';
import { handlePodPart } from './pod-parts.ts';
import { inVersion, jsonOf, servedVersion } from './representation.ts';
import { mediaType, parseBody, readBody } from './request-body.ts';
import type { ResourcePath } from './request-path.ts';
import { handleScale } from './scale-handler.ts';
import { select, selectionOf } from './selection.ts';
import { partialObject, type TableOptions, tableOf, watchEncoder } from './table.ts';
import { openWatch } from './watch-handler.ts';
import type { WatchHub } from './watch-hub.ts';
import { parseWriteOptions } from './write-options.ts';

/** What handlers work with. */
export interface Served {
  readonly api: ClusterApi;
  readonly hub: WatchHub;
  readonly pages: ListPages;
}

/** One request for a resource. */
export interface ResourceRequest {
  readonly cluster: Served;
  readonly exchange: Exchange;
  readonly served: ServedResource;
  readonly path: ResourcePath;
}

/** Answers a request for a collection, an object, or a part of an object. */
export async function handleResource(request: ResourceRequest): Promise<void> {
  const { served, path } = request;
  if (!served.type.namespaced && path.namespace !== undefined) throw noSuchPath();
  if (path.name === undefined) return handleCollection(request);
  if (served.type.namespaced && path.namespace === undefined) throw noSuchPath();
  switch (path.subresource) {
    case undefined:
      return handleObject(request);
    case 'status':
      if (!served.version.hasStatus) throw noSuchPath();
      return handleObject(request);
    case 'scale':
      return handleScale(request);
    case 'finalize':
      if (served.type.id !== 'namespaces') throw noSuchPath();
      return handleObject(request);
    default:
      return handlePodPart(request);
  }
}

/** @returns the object that the path names. */
export function targetOf({ served, path }: ResourceRequest): Target {
  return { type: served.type, namespace: path.namespace ?? '', name: path.name ?? '' };
}

/** Sends an object the way the client wants to see it. */
export function sendObject(request: ResourceRequest, code: number, written: Written): Promise<void> {
  const { exchange, served } = request;
  const format = acceptedFormat(exchange.request.headers.accept);
  if (format === 'table')
    return sendJson(exchange, code, tableOf([written.object], served, tableOptions(request)));
  if (format === 'metadata') return sendJson(exchange, code, partialObject(written.object));
  if (written.stored) return sendText(exchange, code, jsonOf(written.stored, served));
  return sendJson(exchange, code, inVersion(written.object, served));
}

async function handleCollection(request: ResourceRequest): Promise<void> {
  switch (request.exchange.request.method) {
    case 'GET':
    case 'HEAD':
      return list(request);
    case 'POST':
      return create(request);
    case 'DELETE':
      return deleteCollection(request);
    default:
      throw methodNotAllowed('the server does not allow this method on the requested resource');
  }
}

async function handleObject(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, path } = request;
  switch (exchange.request.method) {
    case 'GET':
    case 'HEAD':
      if (exchange.query.get('watch') === 'true' || exchange.query.get('watch') === '1') return list(request);
      return sendObject(request, 200, { ...storedOf(request) });
    case 'PUT': {
      const body = parseBody(await readBody(exchange.request), exchange.request.headers['content-type']);
      const written = cluster.api.update(targetOf(request), body, writeOptions(request));
      return sendObject(request, 200, written);
    }
    case 'PATCH':
      return patch(request);
    case 'DELETE':
      if (path.subresource !== undefined) break;
      return remove(request);
  }
  throw methodNotAllowed('the server does not allow this method on the requested resource');
}

function storedOf(request: ResourceRequest): Written {
  const stored = request.cluster.api.get(targetOf(request));
  return { object: stored.object, stored };
}

function list(request: ResourceRequest): Promise<void> | void {
  const { cluster, exchange, served, path } = request;
  const options = parseListOptions(exchange.query);
  const byName = path.name === undefined ? '' : `metadata.name=${path.name}`;
  const fieldSelector = [byName, options.fieldSelector].filter(Boolean).join(',');
  const selection = selectionOf(served, path.namespace, { ...options, fieldSelector });
  const format = acceptedFormat(exchange.request.headers.accept);
  const { store } = cluster.api;
  if (options.watch) {
    const now = () => cluster.api.now();
    const includeObject = exchange.query.get('includeObject') ?? undefined;
    const encode = watchEncoder(served, format, { now, includeObject });
    return openWatch({ exchange, store, hub: cluster.hub, selection, options, encode });
  }
  const asked = Number(options.resourceVersion);
  if (asked > store.revision)
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${asked}, current: ${store.revision}`,
      { retryAfterSeconds: 1 },
    );
  if (options.resourceVersionMatch === 'Exact' && asked !== store.revision)
    throw new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
  const scope = `${served.type.id}/${path.namespace ?? ''}?${options.labelSelector}&${fieldSelector}`;
  const limit = options.limit ?? 0;
  const page = options.continueToken
    ? cluster.pages.next(options.continueToken, scope, limit)
    : cluster.pages.first(select(store, selection), store.revision, scope, limit);
  const metadata = {
    resourceVersion: String(page.revision),
    ...(page.continueToken ? { continue: page.continueToken, remainingItemCount: page.remaining } : {}),
  };
  if (format === 'table') {
    return sendJson(exchange, 200, {
      ...tableOf(
        page.items.map(({ object }) => object),
        served,
        tableOptions(request),
      ),
      metadata,
    });
  }
  if (format === 'metadata') {
    const items = page.items.map(({ object }) => partialObject(object));
    return sendJson(exchange, 200, {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items,
    });
  }
  const head = JSON.stringify({ kind: served.type.listKind, apiVersion: servedVersion(served), metadata });
  const items = page.items.map((stored) => jsonOf(stored, served)).join(',');
  return sendText(exchange, 200, `${head.slice(0, -1)},"items":[${items}]}`);
}

async function create(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served, path } = request;
  if (served.type.namespaced && path.namespace === undefined)
    throw methodNotAllowed('the server does not allow this method on the requested resource');
  const body = parseBody(await readBody(exchange.request), exchange.request.headers['content-type']);
  const written = cluster.api.create(served.type, path.namespace ?? '', body, writeOptions(request));
  return sendObject(request, 201, written);
}

async function patch(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served } = request;
  const contentType = exchange.request.headers['content-type'];
  const body = parseBody(await readBody(exchange.request), contentType);
  const options = writeOptions(request);
  const target = targetOf(request);
  switch (mediaType(contentType)) {
    case 'application/apply-patch+yaml': {
      if (!exchange.query.get('fieldManager'))
        throw badRequest(
          'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
        );
      const force = exchange.query.get('force') === 'true' || exchange.query.get('force') === '1';
      const written = cluster.api.apply(target, body, { ...options, force });
      return sendObject(request, written.created ? 201 : 200, written);
    }
    case 'application/json-patch+json':
      return sendObject(
        request,
        200,
        cluster.api.modify(target, (live) => applyJsonPatch(inVersion(live, served), body), options),
      );
    case 'application/merge-patch+json':
      return sendObject(
        request,
        200,
        cluster.api.modify(
          target,
          (live) => applyMergePatch(inVersion(live, served), objectBody(body)),
          options,
        ),
      );
    case 'application/strategic-merge-patch+json': {
      if (served.type.custom)
        throw unsupportedPatch(
          'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
        );
      const schema = storageSchema(served.type);
      return sendObject(
        request,
        200,
        cluster.api.modify(
          target,
          (live) => applyStrategicMergePatch(live, objectBody(body), schema),
          options,
        ),
      );
    }
    default:
      throw unsupportedPatch(
        'application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
      );
  }
}

function objectBody(body: unknown): Fields {
  if (!isFields(body)) throw badRequest('the patch is not an object');
  return body;
}

function unsupportedPatch(accepted: string): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
  );
}

async function remove(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served } = request;
  const target = targetOf(request);
  const options = await deleteOptions(request);
  const { object, gone } = cluster.api.delete(target, options);
  if (!gone || served.type.id === 'pods') return sendJson(exchange, 200, inVersion(object, served));
  return sendJson(exchange, 200, deletedStatus(served, object));
}

async function deleteCollection(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served, path } = request;
  if (served.type.namespaced && path.namespace === undefined)
    throw methodNotAllowed('the server does not allow this method on the requested resource');
  const selection = selectionOf(served, path.namespace, parseListOptions(exchange.query));
  const options = await deleteOptions(request);
  const items = select(cluster.api.store, selection);
  for (const { object } of items) {
    cluster.api.delete(
      { type: served.type, namespace: object.metadata.namespace ?? '', name: object.metadata.name ?? '' },
      options,
    );
  }
  const head = {
    kind: served.type.listKind,
    apiVersion: servedVersion(served),
    metadata: { resourceVersion: String(cluster.api.store.revision) },
  };
  return sendJson(exchange, 200, { ...head, items: items.map(({ object }) => inVersion(object, served)) });
}

async function deleteOptions({ exchange }: ResourceRequest): Promise<DeleteOptions> {
  const bytes = await readBody(exchange.request);
  const body =
    bytes.length === 0 ? {} : objectBody(parseBody(bytes, exchange.request.headers['content-type']));
  const { query } = exchange;
  const grace = query.get('gracePeriodSeconds');
  const orphan =
    at(body, 'orphanDependents') === true || query.get('orphanDependents') === 'true' ? 'Orphan' : undefined;
  const propagationPolicy = stringAt(body, 'propagationPolicy') ?? query.get('propagationPolicy') ?? orphan;
  if (propagationPolicy !== undefined && !['Background', 'Foreground', 'Orphan'].includes(propagationPolicy))
    throw badRequest(
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ${JSON.stringify(propagationPolicy)}`,
    );
  const preconditions = fieldsAt(body, 'preconditions') as { uid?: string; resourceVersion?: string };
  return {
    propagationPolicy,
    gracePeriodSeconds: numberAt(body, 'gracePeriodSeconds') ?? (grace === null ? undefined : Number(grace)),
    preconditions,
    dryRun: query.get('dryRun') === 'All' || (Array.isArray(body.dryRun) && body.dryRun.includes('All')),
  };
}

function deletedStatus({ type }: ServedResource, { metadata }: KubeObject): object {
  const details = {
    name: metadata.name,
    ...(type.group === '' ? {} : { group: type.group }),
    kind: type.plural,
    uid: metadata.uid,
  };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

function tableOptions({ cluster, exchange }: ResourceRequest): TableOptions {
  return { now: cluster.api.now(), includeObject: exchange.query.get('includeObject') ?? undefined };
}

function writeOptions(request: ResourceRequest): WriteOptions {
  const { exchange, served, path } = request;
  const options = parseWriteOptions(exchange.query, exchange.request.headers['user-agent']);
  const subresource = path.subresource === 'finalize' ? undefined : path.subresource;
  return {
    ...options,
    apiVersion: servedVersion(served),
    subresource,
    warn: (text) => addWarning(exchange, text),
  };
}
