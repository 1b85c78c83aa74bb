import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { BenchClient, type Endpoint, percentile, rate } from './kube-client.ts';
import type { Request } from './kube-server.ts';

const OBJECTS = 10_000;
const WORKERS = 24;
const MAPS = '/api/v1/namespaces/default/configmaps';

/**
 * Measures an embedded cluster from another process. Figures of 2 cores, to be reached: create ≥ 2,000/s, get ≥ 5,000/s, no-op
 * apply ≥ 1,000/s, list of 10,000 ≤ 700 ms, fan-out to 100 watchers p99 ≤ 25 ms, ≤ 60 MB heap per 10,000 objects, cold
 * start ≤ 300 ms, ≤ 5 MB per further cluster. The bare server is the peer: the same machine, TLS and client without Kubernetes.
 */
export async function run(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  const server = fork(join(import.meta.dirname, 'kube-server.ts'), { execArgv: ['--expose-gc'] });
  try {
    return await measure(server, dataDir);
  } finally {
    server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(server: ChildProcess, dataDir: string): Promise<object> {
  const started = await ask<Endpoint & { milliseconds: number }>(server, {
    ask: 'start',
    name: 'bench',
    dataDir,
  });
  const client = new BenchClient(started, WORKERS);
  const empty = await memory(server);
  const createPerSecond = await rate(OBJECTS, WORKERS, (index) =>
    client.call('POST', MAPS, configMap(index)),
  );
  const full = await memory(server);
  const getPerSecond = await rate(OBJECTS, WORKERS, (index) => client.call('GET', `${MAPS}/bench-${index}`));
  const read = await memory(server);
  const applyPerSecond = await noopApply(client);
  const begun = performance.now();
  const listBytes = await client.call('GET', MAPS);
  const listMilliseconds = Math.round(performance.now() - begun);
  const fanOut = await watchFanOut(started, client);
  const further = await furtherClusters(server, dataDir);
  const bare = await ask<{ url: string }>(server, { ask: 'bare', dataDir, body: configMap(0) });
  const peer = new BenchClient({ ...started, url: bare.url }, WORKERS);
  await rate(2000, WORKERS, () => peer.call('GET', '/'));
  const barePerSecond = await rate(OBJECTS, WORKERS, () => peer.call('GET', '/'));
  client.close();
  peer.close();
  return {
    coldStartMilliseconds: Math.round(started.milliseconds),
    createPerSecond,
    getPerSecond,
    noopApplyPerSecond: applyPerSecond,
    listOf10000: { milliseconds: listMilliseconds, megabytes: Math.round(listBytes / 1e4) / 100 },
    ...fanOut,
    heapMegabytesPer10000: Math.round((full.heapUsed - empty.heapUsed) / 1e5) / 10,
    ...further,
    // Of the server's own processor time, which other work on the machine does not change much.
    serverMicroseconds: {
      perCreate: Math.round((full.cpu - empty.cpu) / OBJECTS),
      perGet: Math.round((read.cpu - full.cpu) / OBJECTS),
    },
    bareHttpsPerSecond: barePerSecond,
    getOfBare: Math.round((getPerSecond / barePerSecond) * 100) / 100,
  };
}

async function noopApply(client: BenchClient): Promise<number> {
  const apply = (index: number) => {
    const path = `${MAPS}/applied-${index % 100}?fieldManager=bench&force=true`;
    return client.call('PATCH', path, applied(index % 100), 'application/apply-patch+yaml');
  };
  for (let index = 0; index < 100; index++) await apply(index);
  return rate(3000, WORKERS, apply);
}

async function watchFanOut(endpoint: Endpoint, client: BenchClient): Promise<object> {
  const watchers = new BenchClient(endpoint, 200);
  const sent = new Map<string, number>();
  const samples: number[] = [];
  const query = 'watch=true&labelSelector=fan%3Dout&resourceVersion=';
  const list = JSON.parse(await text(client, `${MAPS}?limit=1`)) as { metadata: { resourceVersion: string } };
  for (let index = 0; index < 100; index++) {
    const response = await watchers.open('GET', `${MAPS}?${query}${list.metadata.resourceVersion}`);
    response.on('data', (chunk: Buffer) => {
      const now = performance.now();
      for (const [, name = ''] of chunk.toString().matchAll(/"name":"(fan-\d+)"/g))
        samples.push(now - (sent.get(name) ?? now));
    });
  }
  for (let index = 0; index < 100; index++) {
    sent.set(`fan-${index}`, performance.now());
    await client.call(
      'POST',
      MAPS,
      JSON.stringify({ metadata: { name: `fan-${index}`, labels: { fan: 'out' } } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  watchers.close();
  return {
    fanOut100: {
      events: samples.length,
      p50Milliseconds: percentile(samples, 0.5),
      p99Milliseconds: percentile(samples, 0.99),
    },
  };
}

async function text(client: BenchClient, path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await client.open('GET', path)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function furtherClusters(server: ChildProcess, dataDir: string): Promise<object> {
  const before = await memory(server);
  const times: number[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    times.push((await ask<{ milliseconds: number }>(server, { ask: 'start', name, dataDir })).milliseconds);
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = await memory(server);
  const grown = (after.heapUsed + after.external - before.heapUsed - before.external) / 4;
  return {
    furtherClusterMilliseconds: Math.round(percentile(times, 0.5)),
    furtherClusterMegabytes: Math.round(grown / 1e5) / 10,
  };
}

function configMap(index: number): string {
  const labels = { app: 'bench', shard: `s${index % 16}` };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `bench-${index}`, namespace: 'default', labels },
    data: { key: `value-${index}`, text: 'x'.repeat(300) },
  });
}

function applied(index: number): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `applied-${index}` },
    data: { a: 'b', c: 'd' },
  });
}

function memory(server: ChildProcess): Promise<{ heapUsed: number; external: number; cpu: number }> {
  return ask(server, { ask: 'memory' });
}

function ask<T>(server: ChildProcess, request: Request): Promise<T> {
  return new Promise((resolve) => {
    server.once('message', (answer) => resolve(answer as T));
    server.send(request);
  });
}
