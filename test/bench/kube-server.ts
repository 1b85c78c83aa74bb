/**
 * The server side of the benchmark, in a process of its own: starts clusters when it is told to and reports its memory.
 * Run with `--expose-gc`.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startCluster } from '@drydock/kube';

/** What the parent asks for. */
export type Request =
  | { readonly ask: 'start'; readonly name: string; readonly dataDir: string }
  | { readonly ask: 'bare'; readonly dataDir: string; readonly body: string }
  | { readonly ask: 'memory' };

process.on('message', (request: Request) => {
  void answer(request).then((value) => process.send?.(value));
});

async function answer(request: Request): Promise<object> {
  if (request.ask === 'start') return start(request.name, request.dataDir);
  if (request.ask === 'bare') return bare(request.dataDir, request.body);
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { heapUsed, external, rss, cpu: user + system };
}

async function start(name: string, dataDir: string): Promise<object> {
  const begun = performance.now();
  const { url, token, caPem } = await startCluster({ name, dataDir: join(dataDir, name) });
  return { url, token, caPem, milliseconds: performance.now() - begun };
}

/** A server that does nothing but answer: how fast this machine's HTTPS is at all. */
async function bare(dataDir: string, body: string): Promise<object> {
  const { readFileSync } = await import('node:fs');
  const { server } = JSON.parse(readFileSync(join(dataDir, 'bench', 'identity.json'), 'utf8')) as {
    readonly server: { readonly certificate: string; readonly key: string };
  };
  const listener = createServer({ cert: server.certificate, key: server.key }, (request, response) => {
    request.resume();
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return { url: `https://127.0.0.1:${(listener.address() as AddressInfo).port}` };
}
