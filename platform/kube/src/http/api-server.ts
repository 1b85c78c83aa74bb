import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { StatusError } from '../model/status-error.ts';
import type { KeyPair } from '../tls/certificates.ts';
import { type Exchange, sendError } from './exchange.ts';

/** An HTTPS listener on loopback that lets only its token in. */
export interface ApiServerOptions {
  readonly server: KeyPair;
  readonly token: string;
  /** Answers a request; what it throws becomes a Status. */
  readonly handle: (exchange: Exchange) => Promise<void>;
  /** Told about errors that are no answer to a client, but defects. */
  readonly onDefect: (error: unknown) => void;
}

/** Paths that a probe may ask without a token, as on a real API server. */
const OPEN = new Set(['/healthz', '/livez', '/readyz', '/version']);

/** @returns a server that is not listening yet. */
export function createApiServer(options: ApiServerOptions): Server {
  const expected = digest(options.token);
  const server = createServer(
    {
      cert: options.server.certificate,
      key: options.server.key,
      minVersion: 'TLSv1.2',
      keepAlive: true,
      noDelay: true,
    },
    (request, response) => void answer(request, response),
  );
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 120_000;
  server.maxRequestsPerSocket = 0;
  server.on('tlsClientError', () => {});
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    const exchange = parseUrl(request, response);
    try {
      authenticate(exchange);
      await options.handle(exchange);
    } catch (error) {
      const aborted = request.destroyed && !request.complete;
      if (!(error instanceof StatusError) && !aborted) options.onDefect(error);
      await sendError(exchange, error).catch(() => response.destroy());
    }
  }

  function authenticate({ request, path }: Exchange): void {
    if (OPEN.has(path)) return;
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ', 2);
    const known = scheme.toLowerCase() === 'bearer' && timingSafeEqual(digest(token), expected);
    if (!known) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function parseUrl(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  return { request, response, path, query: new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1)) };
}
