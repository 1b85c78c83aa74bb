import { Agent, type RequestOptions, request } from 'node:https';
import { UnavailableError } from '@drydock/model';
import type { ClusterAccess } from './cluster-access.ts';
import { ClusterError } from './cluster-client.ts';
import { stringAt } from './kube-object.ts';

/** One HTTP request to an API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives the body line by line instead of the answer, for watches. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** How long an answer may take, in milliseconds; a watch is not bound by it once it has begun. */
const answerTimeout = 10_000;

/** Answers that say nothing about the request itself: trying again may work. */
const unavailableCodes: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** How long a watch may be silent before it is opened anew; API servers send a bookmark about once a minute. */
const watchSilence = 300_000;

/**
 * HTTPS to one API server. Plain requests on kept-alive connections, because the generic client of the client library has
 * no server-side apply with its own content type and a watch that gives up after 30 quiet seconds.
 */
export class ApiTransport {
  readonly name: string;
  readonly #access: ClusterAccess;
  #options: Promise<RequestOptions> | undefined;
  readonly #agents: Agent[] = [];

  constructor(access: ClusterAccess) {
    this.#access = access;
    this.name = access.name;
  }

  /** Sends a request and resolves with the parsed answer; retried once with fresh credentials after a 401. */
  async send(req: ApiRequest): Promise<unknown> {
    try {
      return await this.#attempt(req);
    } catch (error) {
      if (!(error instanceof ClusterError) || error.code !== 401) throw error;
      this.#options = undefined;
      return await this.#attempt(req);
    }
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  async #attempt(req: ApiRequest): Promise<unknown> {
    this.#options ??= this.#authenticate();
    const options = await this.#options.catch((cause: unknown) => {
      this.#options = undefined;
      throw new UnavailableError(`failed to read the credentials of cluster "${this.name}"`, { cause });
    });
    return await exchange(this.#access.server, options, req);
  }

  async #authenticate(): Promise<RequestOptions> {
    const { headers, auth, ...tls } = await this.#access.requestOptions();
    const known = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
    const agent = new Agent({ ...known, keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
    this.#agents.push(agent);
    return { agent, headers: headers ?? {}, auth };
  }
}

function exchange(server: URL, base: RequestOptions, req: ApiRequest): Promise<unknown> {
  const body = req.body === undefined ? undefined : Buffer.from(JSON.stringify(req.body));
  const headers: Record<string, string | number> = { accept: 'application/json' };
  if (body !== undefined) {
    headers['content-type'] = req.contentType ?? 'application/json';
    headers['content-length'] = body.length;
  }
  const path = `${server.pathname.replace(/\/$/, '')}${req.path}`;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(
        new UnavailableError(`cluster at ${server.host} does not answer: ${reasonOf(cause)}`, { cause }),
      );
    const outgoing = request(
      server,
      { ...base, path, method: req.method, headers: { ...base.headers, ...headers }, signal: req.signal },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.setEncoding('utf8');
        answer.on('error', fail);
        if (req.onLine !== undefined && status === 200) {
          // A connection that died without a word shows by silence; the caller opens the watch anew.
          outgoing.removeAllListeners('timeout').setTimeout(watchSilence, () => {
            outgoing.destroy();
            resolve(undefined);
          });
          splitLines(answer, req.onLine);
          answer.on('end', () => resolve(undefined));
          return;
        }
        let text = '';
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => settle(status, text, { resolve, reject }));
      },
    );
    outgoing.setTimeout(answerTimeout, () => outgoing.destroy(new Error(`no answer in ${answerTimeout} ms`)));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

function splitLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: string | Buffer) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  });
}

interface Settle {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

function settle(code: number, text: string, { resolve, reject }: Settle): void {
  let parsed: unknown;
  try {
    parsed = text === '' ? undefined : JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (code >= 200 && code < 300) {
    resolve(parsed);
    return;
  }
  const message = stringAt(parsed, 'message') || text.slice(0, 500) || `HTTP ${code}`;
  const absent = unavailableCodes.has(code);
  const refused = new ClusterError(message, { code, reason: stringAt(parsed, 'reason') });
  reject(absent ? new UnavailableError(message, { cause: refused }) : refused);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
