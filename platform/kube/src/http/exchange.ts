import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { StatusError } from '../model/status-error.ts';

const compress = promisify(gzip);
/** Below this size a real API server does not compress either. */
const GZIP_FROM = 128 * 1024;

/** One request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Sends a JSON value. */
export function sendJson(exchange: Exchange, code: number, value: unknown): Promise<void> {
  return sendText(exchange, code, JSON.stringify(value));
}

/** Sends text, gzipped when it is long and the client takes that. */
export async function sendText(
  exchange: Exchange,
  code: number,
  text: string,
  type = 'application/json',
): Promise<void> {
  const { request, response } = exchange;
  if (response.headersSent || response.destroyed) return;
  const zip = text.length > GZIP_FROM && String(request.headers['accept-encoding'] ?? '').includes('gzip');
  const body = zip ? await compress(text, { level: 1 }) : text;
  if (response.destroyed) return;
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-cache, private',
  };
  response.writeHead(
    code,
    zip ? { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : headers,
  );
  response.end(body);
}

/** Sends an error as a Status; what is no StatusError is a defect of ours and answered with 500. */
export function sendError(exchange: Exchange, error: unknown): Promise<void> {
  const status =
    error instanceof StatusError ? error : new StatusError(500, 'InternalError', 'Internal error occurred');
  const { retryAfterSeconds } = status.details;
  if (exchange.response.headersSent) {
    // A stream has begun; all that is left is to end it, so that the client does not wait.
    exchange.response.destroy();
    return Promise.resolve();
  }
  if (retryAfterSeconds !== undefined) exchange.response.setHeader('retry-after', String(retryAfterSeconds));
  // The rest of a body that was refused is not read; the connection cannot be used again.
  if (status.code === 413) exchange.response.setHeader('connection', 'close');
  return sendJson(exchange, status.code, status.toStatus());
}

/** Adds a `Warning` header, https://kubernetes.io/blog/2020/09/03/warnings/ */
export function addWarning({ response }: Exchange, text: string): void {
  if (response.headersSent) return;
  const printable = text
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .replaceAll(/["\\]/g, (char) => `\\${char}`)
    .slice(0, 2000);
  response.appendHeader('warning', `299 - "${printable}"`);
}
