import { at, type KubeObject, stringAt } from '../model/kube-object.ts';
import { badRequest, methodNotAllowed, noSuchPath, StatusError } from '../model/status-error.ts';
import { sendJson, sendText } from './exchange.ts';
import { parseBody, readBody } from './request-body.ts';
import { type ResourceRequest, targetOf } from './resource-request.ts';

/** Answers requests for parts of objects other than status and scale. */
export async function handlePodPart(request: ResourceRequest): Promise<void> {
  const { served, path } = request;
  if (served.type.id !== 'pods') throw noSuchPath();
  switch (path.subresource) {
    case 'log':
      return sendLog(request);
    case 'eviction':
      return evict(request);
    case 'exec':
    case 'attach':
    case 'portforward':
      throw refused(request, path.subresource);
    default:
      throw noSuchPath();
  }
}

/** There is no process and so no output; the text says so. */
function sendLog(request: ResourceRequest): Promise<void> {
  const { cluster, exchange } = request;
  const { object } = cluster.api.get(targetOf(request));
  const wanted = exchange.query.get('container');
  const containers =
    (at(object, 'spec', 'containers') as { name: string; image: string }[] | undefined) ?? [];
  const container = wanted === null ? containers[0] : containers.find(({ name }) => name === wanted);
  if (container === undefined)
    throw badRequest(`container ${wanted} is not valid for pod ${object.metadata.name}`);
  const text = `[drydock simulation] pod ${object.metadata.namespace}/${object.metadata.name} is simulated: no container of ${container.image} runs, so there is no output. State: ${stateOf(object)}.\n`;
  return sendText(exchange, 200, text, 'text/plain');
}

function stateOf(object: KubeObject): string {
  const waiting = at(
    (at(object, 'status', 'containerStatuses') as unknown[] | undefined)?.[0],
    'state',
    'waiting',
  );
  return stringAt(waiting, 'reason') ?? stringAt(object, 'status', 'phase') ?? 'unknown';
}

async function evict(request: ResourceRequest): Promise<void> {
  const { cluster, exchange } = request;
  if (exchange.request.method !== 'POST')
    throw methodNotAllowed('the server does not allow this method on the requested resource');
  parseBody(await readBody(exchange.request), exchange.request.headers['content-type']);
  cluster.api.delete(targetOf(request), {});
  return sendJson(exchange, 201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
}

function refused(request: ResourceRequest, part: string): StatusError {
  const pod = request.cluster.api.get(targetOf(request)).object.metadata.name;
  return new StatusError(
    501,
    'NotImplemented',
    `${part} is not possible: pod "${pod}" is simulated, no container runs`,
  );
}
