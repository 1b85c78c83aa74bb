import { StatusError } from '../model/status-error.ts';
import type { Store } from '../store/store.ts';
import { acceptedFormat, type Format } from './accept.ts';
import { sendJson, sendText } from './exchange.ts';
import { type ListOptions, parseListOptions } from './list-options.ts';
import type { Page } from './list-pages.ts';
import { jsonOf, servedVersion } from './representation.ts';
import { type ResourceRequest, tableOptions } from './resource-request.ts';
import { type Selection, select, selectionOf } from './selection.ts';
import { partialObject, tableOf, watchEncoder } from './table.ts';
import { openWatch } from './watch-handler.ts';

/** Answers a list or opens a watch. */
export async function handleList(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served, path } = request;
  const options = parseListOptions(exchange.query);
  const byName = path.name === undefined ? '' : `metadata.name=${path.name}`;
  const fieldSelector = [byName, options.fieldSelector].filter(Boolean).join(',');
  const selection = selectionOf(served, path.namespace, { ...options, fieldSelector });
  const format = acceptedFormat(exchange.request.headers.accept);
  const { store } = cluster.api;
  if (options.watch) {
    const { includeObject } = tableOptions(request);
    const encode = watchEncoder(served, format, { now: () => cluster.api.now(), includeObject });
    return openWatch({ exchange, store, hub: cluster.hub, selection, options, encode });
  }
  checkRevision(store, options);
  return sendList(request, pageOf(request, selection, options), format);
}

function checkRevision(store: Store, options: ListOptions): void {
  const asked = Number(options.resourceVersion);
  if (asked > store.revision) {
    const message = `Timeout: Too large resource version: ${asked}, current: ${store.revision}`;
    throw new StatusError(504, 'Timeout', message, { retryAfterSeconds: 1 });
  }
  if (options.resourceVersionMatch === 'Exact' && asked !== store.revision)
    throw new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
}

function pageOf({ cluster }: ResourceRequest, selection: Selection, options: ListOptions): Page {
  const { served, namespace, labelSelector, fieldSelector } = selection;
  const scope = `${served.type.id}/${namespace ?? ''}?${labelSelector}&${fieldSelector}`;
  const limit = options.limit ?? 0;
  if (options.continueToken) return cluster.pages.next(options.continueToken, scope, limit);
  const { store } = cluster.api;
  return cluster.pages.first(select(store, selection), store.revision, scope, limit);
}

function sendList(request: ResourceRequest, page: Page, format: Format): Promise<void> {
  const { exchange, served } = request;
  const more = page.continueToken ? { continue: page.continueToken, remainingItemCount: page.remaining } : {};
  const metadata = { resourceVersion: String(page.revision), ...more };
  const objects = page.items.map(({ object }) => object);
  if (format === 'table')
    return sendJson(exchange, 200, { ...tableOf(objects, served, tableOptions(request)), metadata });
  if (format === 'metadata') {
    const head = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata };
    return sendJson(exchange, 200, { ...head, items: objects.map(partialObject) });
  }
  // The objects are JSON already; only the head of the list is made here.
  const head = JSON.stringify({ kind: served.type.listKind, apiVersion: servedVersion(served), metadata });
  const items = page.items.map((stored) => jsonOf(stored, served)).join(',');
  return sendText(exchange, 200, `${head.slice(0, -1)},"items":[${items}]}`);
}
