import { noSuchPath } from '../model/status-error.ts';
import { handleDelete, handleDeleteCollection } from './delete-handler.ts';
import { handleList } from './list-handler.ts';
import { handlePatch } from './patch-handler.ts';
import { handlePodPart } from './pod-parts.ts';
import {
  bodyOf,
  notAllowed,
  type ResourceRequest,
  sendObject,
  targetOf,
  writeOptions,
} from './resource-request.ts';
import { handleScale } from './scale-handler.ts';

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

async function handleCollection(request: ResourceRequest): Promise<void> {
  switch (request.exchange.request.method) {
    case 'GET':
    case 'HEAD':
      return handleList(request);
    case 'POST':
      return create(request);
    case 'DELETE':
      return handleDeleteCollection(request);
    default:
      throw notAllowed();
  }
}

async function handleObject(request: ResourceRequest): Promise<void> {
  switch (request.exchange.request.method) {
    case 'GET':
    case 'HEAD':
      return read(request);
    case 'PUT': {
      const body = await bodyOf(request);
      return sendObject(
        request,
        200,
        request.cluster.api.update(targetOf(request), body, writeOptions(request)),
      );
    }
    case 'PATCH':
      return handlePatch(request);
    case 'DELETE':
      if (request.path.subresource === undefined) return handleDelete(request);
  }
  throw notAllowed();
}

async function read(request: ResourceRequest): Promise<void> {
  const watch = request.exchange.query.get('watch');
  if (watch === 'true' || watch === '1') return handleList(request);
  const stored = request.cluster.api.get(targetOf(request));
  return sendObject(request, 200, { object: stored.object, stored });
}

async function create(request: ResourceRequest): Promise<void> {
  const { cluster, served, path } = request;
  if (served.type.namespaced && path.namespace === undefined) throw notAllowed();
  const body = await bodyOf(request);
  const written = cluster.api.create(served.type, path.namespace ?? '', body, writeOptions(request));
  return sendObject(request, 201, written);
}
