import { UnavailableError } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../manual-clock.ts';
import type { ClusterClient, ResourceType, WatchOptions } from './cluster-client.ts';
import type { KubeObject } from './kube-object.ts';
import { ResourceCache } from './resource-cache.ts';

const type: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  hasStatus: false,
};
const object = (name: string, resourceVersion: number, extra: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n', uid: name, resourceVersion: String(resourceVersion) },
  ...extra,
});
const keyOf = (name: string): string => `/ConfigMap/n/${name}`;

/** Answers lists and watches from what a test puts here. */
class Script {
  lists: (() => { items: readonly KubeObject[]; resourceVersion: string })[] = [];
  readonly watches: { options: WatchOptions; end: (error?: Error) => void }[] = [];
  readonly changes: string[] = [];
  connections = 0;
  readonly clock = new ManualClock();
  readonly cache: ResourceCache;
  #watched: (() => void) | undefined;

  constructor(...lists: Script['lists']) {
    this.lists = lists;
    const client = {
      name: 'dev',
      list: async () => {
        const next = this.lists.shift();
        if (next === undefined) throw new UnavailableError('gone');
        return next();
      },
      watch: (_: ResourceType, options: WatchOptions) =>
        new Promise<void>((resolve, reject) => {
          this.watches.push({ options, end: (error) => (error === undefined ? resolve() : reject(error)) });
          options.signal.addEventListener('abort', () => resolve());
          this.#watched?.();
        }),
    };
    this.cache = new ResourceCache({
      client: client as unknown as ClusterClient,
      type,
      clock: this.clock,
      onChange: ({ before, after }) => {
        const verb = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
        this.changes.push(`${verb} ${(after ?? before)?.metadata.name}`);
      },
      onConnection: () => {
        this.connections += 1;
      },
    });
  }

  /** Resolves when the n-th watch is open. */
  async watch(n: number): Promise<Script['watches'][number]> {
    for (;;) {
      const found = this.watches[n - 1];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#watched = resolve;
      });
    }
  }
}

const page =
  (resourceVersion: number, ...items: KubeObject[]) =>
  () => ({ items, resourceVersion: String(resourceVersion) });

describe('ResourceCache', () => {
  it('lists, follows, and resumes a watch that ended where it was', async () => {
    const script = new Script(page(5, object('a', 3)));
    const first = await script.watch(1);
    expect(first.options.resourceVersion).toBe('5');
    first.options.onEvent({ type: 'ADDED', object: object('b', 6) });
    first.options.onEvent({ type: 'BOOKMARK', object: object('', 9) });
    first.end();
    const second = await script.watch(2);
    expect(second.options.resourceVersion).toBe('9');
    expect(script.changes).toEqual(['added a', 'added b']);
    script.cache.close();
  });

  it('lists again when the history is gone, and notices what happened in between', async () => {
    const script = new Script(
      page(5, object('a', 3), object('b', 4)),
      page(20, object('b', 15), object('c', 16)),
    );
    const first = await script.watch(1);
    const status = { apiVersion: 'v1', kind: 'Status', metadata: { name: '' }, code: 410 };
    first.options.onEvent({ type: 'ERROR', object: status });
    first.end();
    await script.watch(2);
    expect(script.changes.slice(2)).toEqual(['changed b', 'added c', 'removed a']);
    script.cache.close();
  });

  it('reports a lost connection at once and recovers by itself', async () => {
    const script = new Script(page(5, object('a', 3)));
    const first = await script.watch(1);
    first.end(new UnavailableError('gone'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(script.cache.failure?.message).toBe('gone');
    script.lists.push(page(6, object('a', 3)));
    script.clock.pass(200);
    await script.watch(2);
    expect(script.cache.failure).toBeUndefined();
    expect(script.connections).toBe(2);
    expect(script.cache.get(keyOf('a'))).toBeDefined();
    script.cache.close();
  });

  it('rejects who waits for a cluster that does not answer, then serves who asks later', async () => {
    const script = new Script();
    await expect(script.cache.ready()).rejects.toThrow('gone');
    script.lists.push(page(1));
    script.clock.pass(200);
    await script.watch(1);
    await script.cache.ready();
    script.cache.close();
  });

  it('tells who still waits when it is closed', async () => {
    const script = new Script(page(1));
    const waiting = script.cache.ready();
    script.cache.close();
    await waiting.catch((error: unknown) => expect(error).toBeInstanceOf(UnavailableError));
  });

  it('takes in the answer of a write, never an older state, and no object that is gone already', async () => {
    const script = new Script(page(5, object('a', 3)));
    const first = await script.watch(1);
    script.cache.observe(object('a', 8, { data: { new: 'yes' } }));
    first.options.onEvent({ type: 'MODIFIED', object: object('a', 7) });
    expect(script.cache.get(keyOf('a'))?.data).toEqual({ new: 'yes' });
    first.options.onEvent({ type: 'ADDED', object: object('b', 10) });
    first.options.onEvent({ type: 'DELETED', object: object('b', 11) });
    script.cache.observe(object('b', 10));
    expect(script.cache.get(keyOf('b'))).toBeUndefined();
    script.cache.close();
  });

  it('does not keep managed fields', async () => {
    const managed = object('a', 3);
    const script = new Script(
      page(5, { ...managed, metadata: { ...managed.metadata, managedFields: [{}] } }),
    );
    await script.watch(1);
    expect(script.cache.get(keyOf('a'))?.metadata.managedFields).toBeUndefined();
    script.cache.close();
  });
});
