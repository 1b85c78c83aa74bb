import type { IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';

/** JSON as it comes; cases look at what they need. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a server under test have no type that could be relied on
export type Json = any;

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The parsed body; undefined when it is no JSON. */
  readonly body: Json;
}

/** What a request may carry. */
export interface Sent {
  readonly body?: unknown;
  /** @default application/json */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A raw client: it sends what a case says and shows what came back, without opinions of its own. */
export class Probe {
  readonly #config: KubeConfig;
  /** A namespace of its own for every case. */
  readonly namespace: string;

  constructor(config: KubeConfig, namespace: string) {
    this.#config = config;
    this.namespace = namespace;
  }

  /** The path of a collection of the case's namespace, e.g. `in('apps/v1', 'deployments')`. */
  in(apiVersion: string, plural: string): string {
    return `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}/namespaces/${this.namespace}/${plural}`;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, { body });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, { body });
  }

  delete(path: string, body?: unknown): Promise<Answer> {
    return this.send('DELETE', path, body === undefined ? {} : { body });
  }

  patch(path: string, kind: 'json' | 'merge' | 'strategic-merge', body: unknown): Promise<Answer> {
    return this.send('PATCH', path, { body, type: `application/${kind}-patch+json` });
  }

  apply(path: string, manager: string, body: unknown, query = ''): Promise<Answer> {
    return this.send('PATCH', `${path}?fieldManager=${manager}${query}`, {
      body,
      type: 'application/apply-patch+yaml',
    });
  }

  async send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const response = await this.#open(method, path, sent);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    return { status: response.statusCode ?? 0, headers: response.headers, text, body: parse(text) };
  }

  /** Opens a watch. @returns a function that waits for so many events (those that came until the time is over) */
  async watch(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<(count: number, within?: number) => Promise<Json[]>> {
    const response = await this.#open('GET', path, { headers });
    const events: Json[] = [];
    let rest = '';
    response.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.filter(Boolean).map((line) => JSON.parse(line)));
    });
    return async (count, within = 5000) => {
      const until = Date.now() + within;
      while (events.length < count && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 10));
      response.destroy();
      return events;
    };
  }

  async #open(
    method: string,
    path: string,
    { body, type = 'application/json', headers = {} }: Sent,
  ): Promise<IncomingMessage> {
    const options: RequestOptions = { method };
    await this.#config.applyToHTTPSOptions(options);
    const url = new URL(`${this.#config.getCurrentCluster()?.server}${path}`);
    const data =
      body === undefined
        ? undefined
        : typeof body === 'string' || Buffer.isBuffer(body)
          ? body
          : JSON.stringify(body);
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const call = open(url, options, resolve);
      call.on('error', reject);
      const own = { accept: 'application/json', 'user-agent': 'conformance', ...headers };
      for (const [name, value] of Object.entries(own)) call.setHeader(name, value);
      if (data !== undefined) call.setHeader('content-type', type);
      if (data !== undefined) call.setHeader('content-length', Buffer.byteLength(data));

      call.end(data);
    });
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
