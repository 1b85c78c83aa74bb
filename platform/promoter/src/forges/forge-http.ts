import { UnavailableError } from '@drydock/model';
import type { z } from 'zod';
import type { Clock } from '../ports.ts';
import { ForgeLimitedError } from './forge.ts';
import { limitedUntil } from './limited.ts';

export interface ForgeHttpOptions {
  /** For messages. */
  readonly forge: string;
  /** Before every path. */
  readonly base: string;
  /** Value of the `Authorization` header; asked each time, so that a token that was replaced is used. */
  readonly authorization: () => Promise<string>;
  readonly clock: Clock;
  readonly fetch?: typeof fetch | undefined;
}

const TIMEOUT = 20_000;
/** Pages that are read at most. */
const PAGES = 20;

/** A JSON API with pages; for forges without a client of their own here. */
export class ForgeHttp {
  readonly #options: ForgeHttpOptions;

  constructor(options: ForgeHttpOptions) {
    this.#options = options;
  }

  /** Every entry of a list, page after page, as long as the `Link` header (RFC 8288) says that there is a next one. */
  async list<Schema extends z.ZodType>(
    path: string,
    schema: z.ZodArray<Schema>,
    { size, sizeName }: { readonly size: number; readonly sizeName: string },
  ): Promise<z.output<Schema>[]> {
    const all: z.output<Schema>[] = [];
    for (let page = 1; page <= PAGES; page += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const answer = await this.#send('GET', `${path}${separator}${sizeName}=${size}&page=${page}`);
      all.push(...this.#parse(path, schema, answer.data));
      if (!/rel="?next"?/.test(answer.link)) break;
    }
    return all;
  }

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return this.#parse(path, schema, (await this.#send('GET', path)).data);
  }

  #parse<Schema extends z.ZodType>(path: string, schema: Schema, data: unknown): z.output<Schema> {
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    throw new UnavailableError(`${this.#options.forge} answers ${path} otherwise than expected`, {
      cause: parsed.error,
    });
  }

  /** {@link get}, or undefined where there is nothing. */
  async find<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema> | undefined> {
    return this.get(path, schema).catch((error: unknown) => {
      if (error instanceof ForgeStatusError && error.status === 404) return undefined;
      throw error;
    });
  }

  async send(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object): Promise<void> {
    await this.#send(method, path, body);
  }

  async #send(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly data: unknown; readonly link: string }> {
    const { forge, base, authorization, clock, fetch: ask = fetch } = this.#options;
    const headers = {
      accept: 'application/json',
      authorization: await authorization(),
      'user-agent': 'drydock',
      ...(body && { 'content-type': 'application/json' }),
    };
    const init = { method, headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) } as const;
    const response = await ask(`${base}${path}`, body ? { ...init, body: JSON.stringify(body) } : init).catch(
      (cause: unknown) => {
        throw new UnavailableError(`${forge} does not answer`, { cause });
      },
    );
    const text = await response.text();
    if (response.ok) {
      const data = text === '' ? undefined : parseJson(forge, text);
      return { data, link: response.headers.get('link') ?? '' };
    }
    const refusal = { status: response.status, headers: Object.fromEntries(response.headers), message: text };
    const until = limitedUntil(refusal, clock.now());
    if (until !== undefined) throw new ForgeLimitedError(forge, until);
    throw new ForgeStatusError(`${method} ${path.split('?')[0]}`, forge, refusal);
  }
}

/** A forge has refused a request. */
export class ForgeStatusError extends UnavailableError {
  readonly status: number;
  /** What the forge says. */
  readonly said: string;

  constructor(request: string, forge: string, { status, message }: { status: number; message: string }) {
    super(`${forge} answers ${request} with status ${status}: ${message.slice(0, 300)}`);
    this.status = status;
    this.said = message;
  }
}

function parseJson(forge: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnavailableError(`${forge} answers with something that is not JSON`, { cause });
  }
}
