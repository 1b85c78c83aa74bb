import type { DeleteOptions } from '../api/delete-rules.ts';
import { at, fieldsAt, type KubeObject, numberAt, stringAt } from '../model/kube-object.ts';
import { badRequest } from '../model/status-error.ts';
import type { ServedResource } from '../resources/registry.ts';
import { sendJson } from './exchange.ts';
import { parseListOptions } from './list-options.ts';
import { inVersion, servedVersion } from './representation.ts';
import { parseBody, readBody } from './request-body.ts';
import { notAllowed, type ResourceRequest, targetOf } from './resource-request.ts';
import { select, selectionOf } from './selection.ts';

/** Answers a DELETE of one object. */
export async function handleDelete(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served } = request;
  const target = targetOf(request);
  const options = await deleteOptions(request);
  const { object, gone } = cluster.api.delete(target, options);
  if (!gone || served.type.id === 'pods') return sendJson(exchange, 200, inVersion(object, served));
  return sendJson(exchange, 200, deletedStatus(served, object));
}

/** Answers a DELETE of a collection: everything that is selected goes. */
export async function handleDeleteCollection(request: ResourceRequest): Promise<void> {
  const { cluster, exchange, served, path } = request;
  const { type } = served;
  if ((type.namespaced && path.namespace === undefined) || type.id === 'namespaces') throw notAllowed();
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
  const body = bytes.length === 0 ? {} : fieldsAt(parseBody(bytes, exchange.request.headers['content-type']));
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
