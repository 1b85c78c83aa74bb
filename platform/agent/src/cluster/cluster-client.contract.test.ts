import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '@drydock/kube';
import { UnavailableError } from '@drydock/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClusterClient } from './api-cluster-client.ts';
import type { ClusterClient, ResourceType, WatchEvent } from './cluster-client.ts';
import type { KubeObject } from './kube-object.ts';
import { MemoryCluster } from './memory-cluster.ts';

interface Subject {
  readonly client: ClusterClient;
  /** Makes the server go away. */
  readonly stop: () => Promise<void>;
  readonly clean: () => Promise<void>;
}

const adapters: readonly { readonly name: string; readonly open: () => Promise<Subject> }[] = [
  { name: 'the cluster in memory', open: openMemory },
  { name: 'the Kubernetes API', open: openApi },
];

async function openMemory(): Promise<Subject> {
  const client = new MemoryCluster('memory', [
    { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true, hasStatus: false },
    { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false, hasStatus: true },
  ]);
  return { client, stop: async () => client.setReachable(false), clean: async () => {} };
}

async function openApi(): Promise<Subject> {
  const dataDir = await mkdtemp(join(tmpdir(), 'drydock-contract-'));
  const server = await startCluster({ name: 'contract', dataDir });
  const client = new ApiClusterClient(server.kubeconfig());
  const clean = async (): Promise<void> => {
    await client.close();
    await rm(dataDir, { recursive: true });
  };
  return { client, stop: () => server.close(), clean };
}

const configMap = (name: string, data: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});
const place = (name: string) => ({ namespace: 'default', name });
const fieldManager = 'contract';

describe.each(adapters)('a cluster client over $name', ({ open }) => {
  let subject: Subject;
  let client: ClusterClient;
  let type: ResourceType;
  beforeAll(async () => {
    subject = await open();
    client = subject.client;
    const found = await client.findType('v1', 'ConfigMap');
    if (found === undefined) throw new Error('expected ConfigMap to be served');
    type = found;
  });
  afterAll(async () => {
    await subject.clean();
  });

  it('discovers kinds, with their scope, and does not find others', async () => {
    expect(type).toMatchObject({ group: '', version: 'v1', plural: 'configmaps', namespaced: true });
    expect(await client.findType('v1', 'Namespace')).toMatchObject({ namespaced: false });
    expect(await client.findType('v1', 'Widget')).toBeUndefined();
    expect(await client.findType('example.com/v1', 'Widget')).toBeUndefined();
  });

  it('applies, removes what is no longer applied, and changes nothing for the same again', async () => {
    const first = await client.apply(type, configMap('apply', { a: '1', b: '2' }), { fieldManager });
    const second = await client.apply(type, configMap('apply', { a: '1' }), { fieldManager });
    const third = await client.apply(type, configMap('apply', { a: '1' }), { fieldManager });
    expect(first.data).toEqual({ a: '1', b: '2' });
    expect(second.data).toEqual({ a: '1' });
    expect(third.metadata.resourceVersion).toBe(second.metadata.resourceVersion);
  });

  it('predicts an apply without storing it', async () => {
    await client.apply(type, configMap('dry', { a: '1' }), { fieldManager });
    const predicted = await client.apply(type, configMap('dry', { a: '2' }), { fieldManager, dryRun: true });
    expect(predicted.data).toEqual({ a: '2' });
    expect((await client.get(type, place('dry')))?.data).toEqual({ a: '1' });
  });

  it('merges a patch', async () => {
    await client.create(type, configMap('patch', { a: '1', b: '2' }));
    const patched = await client.patch(type, place('patch'), { patch: { data: { a: null, c: '3' } } });
    expect(patched.data).toEqual({ b: '2', c: '3' });
  });

  it('refuses to create twice, with the code of the API', async () => {
    await client.create(type, configMap('twice', {}));
    const again = client.create(type, configMap('twice', {}));
    await expect(again).rejects.toMatchObject({ name: 'ClusterError', code: 409, reason: 'AlreadyExists' });
  });

  it('deletes once, and reports that there was nothing the second time', async () => {
    await client.create(type, configMap('gone', {}));
    expect(await client.delete(type, place('gone'), { propagation: 'Background' })).toBe(true);
    expect(await client.delete(type, place('gone'), { propagation: 'Background' })).toBe(false);
    expect(await client.get(type, place('gone'))).toBeUndefined();
  });

  it('lists with apiVersion and kind, and watches from there without a gap', async () => {
    await client.create(type, configMap('listed', {}));
    const { items, resourceVersion } = await client.list(type);
    expect(items.find((item) => item.metadata.name === 'listed')).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
    });
    await client.create(type, configMap('between', {}));
    const stop = new AbortController();
    const events: string[] = [];
    const { promise: seen, resolve } = Promise.withResolvers<void>();
    const onEvent = ({ type: verb, object }: WatchEvent): void => {
      if (verb === 'BOOKMARK') return;
      events.push(`${verb} ${object.metadata.name}`);
      if (verb === 'DELETED') resolve();
    };
    const watching = client.watch(type, { resourceVersion, signal: stop.signal, onEvent });
    await client.patch(type, place('between'), { patch: { data: { a: '1' } } });
    await client.delete(type, place('between'), { propagation: 'Background' });
    await seen;
    stop.abort();
    await watching.catch(() => {});
    expect(events).toEqual(['ADDED between', 'MODIFIED between', 'DELETED between']);
  });

  it('tells a server that is not there from one that refuses', async () => {
    await subject.stop();
    await expect(client.list(type)).rejects.toBeInstanceOf(UnavailableError);
  });
});
