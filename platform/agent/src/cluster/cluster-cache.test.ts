import { describe, expect, it } from 'vitest';
import { ManualClock } from '../manual-clock.ts';
import { ClusterCache } from './cluster-cache.ts';
import type { ClusterClient, ResourceType } from './cluster-client.ts';
import type { KubeObject } from './kube-object.ts';
import { MemoryCluster } from './memory-cluster.ts';

const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  hasStatus: false,
};
const widgets: ResourceType = { ...configMaps, group: 'example.com', kind: 'Widget', plural: 'widgets' };
const object = (name: string, owner?: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n', ...(owner === undefined ? {} : { labels: { owner } }) },
});

function create(client: ClusterClient): {
  cache: ClusterCache;
  clock: ManualClock;
  owners: string[];
  clusters: () => number;
} {
  const clock = new ManualClock();
  const owners: string[] = [];
  let calls = 0;
  const cache = new ClusterCache({
    client,
    clock,
    ownerOf: ({ metadata }) => metadata.labels?.owner,
    onOwner: (owner) => owners.push(owner),
    onCluster: () => {
      calls += 1;
    },
  });
  return { cache, clock, owners, clusters: () => calls };
}

describe('ClusterCache', () => {
  it('knows what belongs to an owner, and tells both owners when an object changes hands', async () => {
    const cluster = new MemoryCluster('dev', [configMaps]);
    cluster.put(object('a', 'one'));
    const { cache, owners } = create(cluster);
    await cache.follow([configMaps]);
    owners.length = 0;
    cluster.put(object('a', 'two'));
    expect(owners).toEqual(['one', 'two']);
    expect(cache.ownedBy('one')).toEqual([]);
    expect(cache.ownedBy('two').map(({ metadata }) => metadata.name)).toEqual(['a']);
    cluster.put(object('a'));
    expect(cache.ownedBy('two')).toEqual([]);
    cache.close();
  });

  it('names the kinds that are not served, and says so when a definition brings them', async () => {
    const cluster = new MemoryCluster('dev', [configMaps]);
    const { cache, clusters } = create(cluster);
    expect(await cache.follow([configMaps, widgets])).toEqual([widgets]);
    cluster.serve(widgets);
    const spec = { group: 'example.com', names: { kind: 'Widget' } };
    cluster.put({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'w' },
      spec,
    });
    expect(clusters()).toBe(1);
    expect(await cache.follow([widgets])).toEqual([]);
    cache.close();
  });

  it('does not let anybody wait for a cluster that says nothing, and calls them when it does', async () => {
    const answer = Promise.withResolvers<{ items: KubeObject[]; resourceVersion: string }>();
    const cluster = new MemoryCluster('dev', [configMaps]);
    cluster.list = () => answer.promise;
    const { cache, clock, clusters } = create(cluster);
    const first = cache.connect();
    clock.pass(2_000);
    await expect(first).rejects.toThrow('cluster "dev" has not answered yet');
    await expect(cache.connect()).rejects.toThrow('cluster "dev" has not answered yet');
    expect(clusters()).toBe(0);
    answer.resolve({ items: [], resourceVersion: '1' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(clusters()).toBe(1);
    await cache.connect();
    cache.close();
  });
});
