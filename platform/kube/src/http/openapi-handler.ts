import { noSuchPath } from '../model/status-error.ts';
import type { OpenApiCatalogue } from '../openapi/openapi-catalogue.ts';
import { type Exchange, sendJson, sendText } from './exchange.ts';

/** Answers `/openapi/v3` and the documents below it. `/openapi/v2` is not served. */
export function handleOpenApi(exchange: Exchange, path: string, catalogue: OpenApiCatalogue): Promise<void> {
  if (path === '/openapi/v3') return sendJson(exchange, 200, catalogue.index());
  const name = path.startsWith('/openapi/v3/') ? path.slice('/openapi/v3/'.length) : '';
  const document = catalogue.get(name);
  if (document === undefined) throw noSuchPath();
  const { request, response, query } = exchange;
  response.setHeader('etag', `"${document.hash}"`);
  const hash = query.get('hash');
  if (hash !== null && hash !== document.hash) {
    response.writeHead(301, { location: `${path}?hash=${document.hash}`, 'content-length': 0 }).end();
    return Promise.resolve();
  }
  if (request.headers['if-none-match'] === `"${document.hash}"`) {
    response.writeHead(304).end();
    return Promise.resolve();
  }
  return sendText(exchange, 200, document.text);
}
