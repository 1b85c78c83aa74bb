import { isFields } from '../model/kube-object.ts';
import { badRequest, methodNotAllowed, noSuchPath } from '../model/status-error.ts';
import type { OpenApiCatalogue } from '../openapi/openapi-catalogue.ts';
import { answerReview, VIRTUAL_RESOURCES } from '../resources/virtual-resources.ts';
import { acceptedFormat } from './accept.ts';
import {
  AGGREGATED,
  aggregatedDiscovery,
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
} from './discovery.ts';
import { type Exchange, sendJson, sendText } from './exchange.ts';
import { metricsText } from './metrics.ts';
import { handleOpenApi } from './openapi-handler.ts';
import { parseBody, readBody } from './request-body.ts';
import { parsePath, type RequestPath } from './request-path.ts';
import { handleResource } from './resource-handler.ts';
import type { Served } from './resource-request.ts';

/** What the router needs beside the parts that serve resources. */
export interface RouterOptions extends Served {
  readonly kubernetesVersion: string;
  readonly openApi: OpenApiCatalogue;
}

/** Answers every request of a cluster. */
export async function route(exchange: Exchange, options: RouterOptions): Promise<void> {
  const path = parsePath(exchange.path);
  if (path.kind === 'plain') return plain(exchange, path.path, options);
  const served = options.api.registry.find(path.group, path.version, path.plural);
  if (served !== undefined) return handleResource({ cluster: options, exchange, served, path });
  return review(exchange, path);
}

async function plain(exchange: Exchange, path: string, options: RouterOptions): Promise<void> {
  const { method } = exchange.request;
  if (method !== 'GET' && method !== 'HEAD')
    throw methodNotAllowed('the server does not allow this method on the requested resource');
  const { registry } = options.api;
  const aggregated = acceptedFormat(exchange.request.headers.accept) === 'aggregated';
  if (aggregated && (path === '/api' || path === '/apis'))
    return sendText(
      exchange,
      200,
      JSON.stringify(aggregatedDiscovery(registry, path === '/api')),
      AGGREGATED,
    );
  const [, root, group = '', version] = path.split('/');
  switch (root) {
    case '':
      return sendJson(exchange, 200, {
        paths: [
          '/api',
          '/api/v1',
          '/apis',
          '/healthz',
          '/livez',
          '/metrics',
          '/openapi/v3',
          '/readyz',
          '/version',
        ],
      });
    case 'healthz':
    case 'livez':
    case 'readyz':
      return sendText(exchange, 200, 'ok', 'text/plain');
    case 'version':
      return sendJson(exchange, 200, versionDocument(options.kubernetesVersion));
    case 'metrics':
      return sendText(exchange, 200, metricsText(options), 'text/plain; version=0.0.4');
    case 'openapi':
      return handleOpenApi(exchange, path, options.openApi);
    case 'api':
      return found(
        exchange,
        group === ''
          ? apiVersions(exchange.request.headers.host ?? '')
          : apiResourceList(registry, '', group),
      );
    case 'apis':
      return found(exchange, groupDocument(registry, group, version));
    default:
      throw noSuchPath();
  }
}

function groupDocument(
  registry: RouterOptions['api']['registry'],
  group: string,
  version: string | undefined,
): object | undefined {
  if (group === '') return apiGroupList(registry);
  return version === undefined ? apiGroup(registry, group) : apiResourceList(registry, group, version);
}

function found(exchange: Exchange, document: object | undefined): Promise<void> {
  if (document === undefined) throw noSuchPath();
  return sendJson(exchange, 200, document);
}

async function review(exchange: Exchange, path: RequestPath & { kind: 'resource' }): Promise<void> {
  const resource = VIRTUAL_RESOURCES.find(
    ({ group, plural }) => group === path.group && plural === path.plural,
  );
  if (resource === undefined || path.version !== 'v1' || path.name !== undefined) throw noSuchPath();
  if (exchange.request.method !== 'POST')
    throw methodNotAllowed('the server does not allow this method on the requested resource');
  const input = parseBody(await readBody(exchange.request), exchange.request.headers['content-type']);
  if (!isFields(input)) throw badRequest('the request body is not an object');
  return sendJson(exchange, 201, answerReview(resource, input));
}

/** `/version`; the suffix says that this is no kube-apiserver. */
function versionDocument(version: string): object {
  const [, major = '1', minor = '34'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return {
    major,
    minor,
    gitVersion: `${version}+drydock`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: `node ${process.version}`,
    platform: `${process.platform}/${process.arch}`,
  };
}
