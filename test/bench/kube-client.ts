import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { performance } from 'node:perf_hooks';

/** A cluster under test. */
export interface Endpoint {
  readonly url: string;
  readonly token: string;
  readonly caPem: string;
}

/** The thinnest client that can be: its own cost should not be what is measured. */
export class BenchClient {
  readonly #agent: Agent;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint, sockets: number) {
    this.#endpoint = endpoint;
    this.#agent = new Agent({ keepAlive: true, maxSockets: sockets, ca: endpoint.caPem });
  }

  /** @returns the length of the answer. @throws Error for anything but success */
  async call(method: string, path: string, body?: string, type = 'application/json'): Promise<number> {
    const response = await this.open(method, path, body, type);
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
    });
    await once(response, 'end');
    if ((response.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${response.statusCode}`);
    return size;
  }

  open(method: string, path: string, body?: string, type = 'application/json'): Promise<IncomingMessage> {
    const headers = {
      authorization: `Bearer ${this.#endpoint.token}`,
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const call = request(`${this.#endpoint.url}${path}`, { method, headers, agent: this.#agent }, resolve);
      call.on('error', reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Runs calls with a number of workers. @returns calls per second */
export async function rate(
  count: number,
  workers: number,
  call: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (next < count) await call(next++);
    }),
  );
  return Math.round((count / (performance.now() - begun)) * 1000);
}

/** @returns the value below which a share of the samples lies */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100
  );
}
