import { fork } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubeObject } from '../model/kube-object.ts';
import { LogFile } from './log-file.ts';
import { Store } from './store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-store-'));
  path = join(folder, 'store.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a store', () => {
  it('numbers writes, never twice the same, across restarts and deletes too', () => {
    const store = new Store({ path });
    expect(store.put('things', thing('a')).revision).toBe(1);
    const b = store.put('things', thing('b'));
    expect(store.delete('things', b.object).object.metadata.resourceVersion).toBe('3');
    store.close();
    const again = new Store({ path });
    expect(again.revision).toBe(3);
    expect(names(again)).toEqual(['a']);
    expect(again.put('things', thing('c')).revision).toBe(4);
    again.close();
  });

  it('lists by namespace and name', () => {
    const store = new Store({ path });
    for (const [name, namespace] of [
      ['z', 'b'],
      ['a', 'c'],
      ['y', 'b'],
    ] as const)
      store.put('things', thing(name, namespace));
    expect(names(store)).toEqual(['y', 'z', 'a']);
    expect(store.list('things', 'b').map(({ object }) => object.metadata.name)).toEqual(['y', 'z']);
    store.close();
  });

  it('cuts a torn tail and goes on', () => {
    const store = new Store({ path });
    store.put('things', thing('a'));
    store.put('things', thing('b'));
    store.close();
    const whole = readFileSync(path);
    for (let cut = whole.indexOf(10) + 2; cut < whole.length; cut += 7) {
      writeFileSync(path, whole.subarray(0, cut));
      const torn = new Store({ path });
      expect(names(torn)).toEqual(['a']);
      torn.put('things', thing('c'));
      torn.close();
      const after = new Store({ path });
      expect(names(after)).toEqual(['a', 'c']);
      after.close();
    }
  });

  it('refuses a log that is damaged in the middle', () => {
    const store = new Store({ path });
    for (const name of ['a', 'b', 'c']) store.put('things', thing(name));
    store.close();
    const bytes = readFileSync(path);
    bytes[12] = (bytes[12] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(() => new Store({ path })).toThrow('a damaged record is followed by 2 intact ones');
  });

  it('rewrites the log as a snapshot when it has grown, and loses nothing', () => {
    const store = new Store({ path, compactAfter: 10_000 });
    for (let round = 0; round < 400; round++)
      store.put('things', thing(`n${round % 5}`, 'default', 'x'.repeat(100)));
    const { revision } = store;
    store.close();
    expect(statSync(path).size).toBeLessThan(20_000);
    const again = new Store({ path });
    expect(again.revision).toBe(revision);
    expect(names(again)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
    again.close();
  });

  it('tells a disk that is full to the writer, and keeps what it had', () => {
    let room = 100;
    const log = new LogFile(path, 0, ((_fd: number, buffer: Buffer, offset: number, length: number) => {
      if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      const written = Math.min(room, length);
      room -= written;
      appendFileSync(path, buffer.subarray(offset, offset + written));
      return written;
    }) as never);
    log.append({ op: 'head', revision: 1 });
    const { size } = log;
    const big = {
      op: 'put',
      revision: 2,
      resource: 'things',
      json: JSON.stringify(thing('x'.repeat(200))),
    } as const;
    expect(() => log.append(big)).toThrow(expect.objectContaining({ code: 507 }));
    expect(statSync(path).size).toBe(size);
  });

  it('is at any time what a plain map would be', () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      gone: fc.boolean(),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        rmSync(path, { force: true });
        let store = new Store({ path, compactAfter: 500 });
        const model = new Map<string, number>();
        steps.forEach(({ name, gone, restart }, index) => {
          const live = store.get('things', 'default', name);
          if (gone && live) store.delete('things', live.object);
          if (gone) model.delete(name);
          else model.set(name, index);
          if (!gone) store.put('things', { ...thing(name), index });
          if (!restart) return;
          store.close();
          store = new Store({ path, compactAfter: 500 });
        });
        const seen = store.list('things').map(({ object }) => [object.metadata.name, object.index]);
        store.close();
        expect(seen).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('keeps every acknowledged write when its process is killed', async () => {
    const child = fork(join(import.meta.dirname, 'store-writer.fixture.ts'), [path], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const acknowledged = await new Promise<number>((resolve) => {
      let last = 0;
      child.on('message', (revision: number) => {
        last = revision;
        if (revision >= 300) child.kill('SIGKILL');
      });
      child.on('exit', () => resolve(last));
    });
    const store = new Store({ path });
    expect(store.revision).toBeGreaterThanOrEqual(acknowledged);
    expect(names(store).length).toBe(store.revision);
    store.close();
  });
});

describe('the history of a store', () => {
  it('gives what happened after a revision, and says when it does not know any more', () => {
    const store = new Store({ path, history: 4 });
    for (const name of ['a', 'b']) store.put('things', thing(name));
    store.put('others', thing('x'));
    expect(store.since('things', 1)?.map(({ stored }) => stored.object.metadata.name)).toEqual(['b']);
    for (const name of ['c', 'd', 'e']) store.put('things', thing(name));
    expect(store.since('things', 1)).toBeUndefined();
    expect(store.since('things', 2)?.length).toBe(3);
    store.close();
    expect(new Store({ path }).since('things', 2)).toBeUndefined();
  });
});

function thing(name: string, namespace = 'default', text = ''): KubeObject {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name, namespace }, text };
}

function names(store: Store): (string | undefined)[] {
  return store.list('things').map(({ object }) => object.metadata.name);
}
