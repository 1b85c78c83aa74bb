import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { badRequest, StatusError } from '../model/status-error.ts';
import { decodeEnvelope, PROTOBUF } from '../protobuf/decode-envelope.ts';

/** The limit of a real API server, https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ */
export const MAX_BODY = 3 * 1024 * 1024;
const MAX_DEPTH = 128;

/** @returns the bytes of a request body. @throws StatusError 413 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(badRequest('the request was broken off'));
    });
  });
}

/**
 * Parses a body by its content type.
 * @throws StatusError 400 for what cannot be parsed, 415 for a content type that is not known
 */
export function parseBody(body: Buffer, contentType: string | undefined): unknown {
  switch (mediaType(contentType)) {
    case 'application/json':
    case 'application/json-patch+json':
    case 'application/merge-patch+json':
    case 'application/strategic-merge-patch+json':
      return checked(body.toString('utf8'), JSON.parse);
    case 'application/yaml':
    case 'application/apply-patch+yaml':
      return checked(body.toString('utf8'), parseYamlOrJson);
    case PROTOBUF:
      return decodeEnvelope(body);
    default:
      throw unsupportedMediaType(contentType);
  }
}

/** @returns the media type without its parameters; JSON where there is none. */
export function mediaType(contentType: string | undefined): string {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() || 'application/json';
}

/** 415 with what would be accepted. */
export function unsupportedMediaType(contentType: string | undefined): StatusError {
  const accepted = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
  const message = `the body of the request was in an unknown format (${contentType ?? 'none'}) - accepted media types include: ${accepted}`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}

function parseYamlOrJson(text: string): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      // Flow-style YAML may begin like JSON.
    }
  }
  return parseYaml(text, { maxAliasCount: 50, merge: true, schema: 'core' });
}

function checked(text: string, parse: (text: string) => unknown): unknown {
  let value: unknown;
  // No object of the API has such a field; refusing it keeps every later copy of the object safe.
  if (text.includes('__proto__')) throw badRequest('the request body has a field named __proto__');
  try {
    value = parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw badRequest(`error parsing the request body: ${why.slice(0, 300)}`);
  }
  if (isDeeperThan(value, MAX_DEPTH))
    throw badRequest(`the request body is nested deeper than ${MAX_DEPTH} levels`);
  return value;
}

function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], limit - 1)) return true;
  return false;
}

function tooLarge(): StatusError {
  return new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MAX_BODY}`);
}
