import type { ClusterApi, Target } from '../api/cluster-api.ts';
import type { WriteOptions, Written } from '../api/write-context.ts';
import { methodNotAllowed, type StatusError } from '../model/status-error.ts';
import type { ServedResource } from '../resources/registry.ts';
import { acceptedFormat } from './accept.ts';
import { addWarning, type Exchange, sendJson, sendText } from './exchange.ts';
import type { ListPages } from './list-pages.ts';
import { inVersion, jsonOf, servedVersion } from './representation.ts';
import { parseBody, readBody } from './request-body.ts';
import type { ResourcePath } from './request-path.ts';
import { partialObject, type TableOptions, tableOf } from './table.ts';
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

/** @returns the parsed body of a request. */
export async function bodyOf({ exchange }: ResourceRequest): Promise<unknown> {
  return parseBody(await readBody(exchange.request), exchange.request.headers['content-type']);
}

/** 405 for a verb that the resource does not have. */
export function notAllowed(): StatusError {
  return methodNotAllowed('the server does not allow this method on the requested resource');
}

/** @returns how a table is asked for. */
export function tableOptions({ cluster, exchange }: ResourceRequest): TableOptions {
  return { now: cluster.api.now(), includeObject: exchange.query.get('includeObject') ?? undefined };
}

/** @returns how a write is asked for. */
export function writeOptions(request: ResourceRequest): WriteOptions {
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
