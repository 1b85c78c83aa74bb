import { FILE_MODE, MemoryRepository, MemoryStore } from '@drydock/git';
import { ConflictError } from '@drydock/model';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PromotionState } from './state.ts';
import { STATE_REF, type StateChange, StateStore, stateFile, statePath } from './state-store.ts';

const NOW = Date.UTC(2026, 0, 5);
const at = new Date(NOW).toISOString();

function freezing(environment: string, by = 'otto'): StateChange {
  const file = stateFile({ by, at, reason: 'holidays' });
  const files = new Map([[statePath.freeze(environment), file]]);
  return { files, subject: `freeze ${environment}`, by, trailers: { Environment: environment } };
}

let disk: MemoryStore;
let store: StateStore;
beforeEach(() => {
  disk = new MemoryStore();
  store = new StateStore(new MemoryRepository(disk));
});
const frozen = async (from = store) => [...(await from.load()).state.freezes.keys()];

describe('StateStore', () => {
  it('has nothing decided at first', async () => {
    expect(await store.load()).toMatchObject({ commit: undefined });
    expect(await frozen()).toEqual([]);
  });

  it('keeps each decision as a commit that says who', async () => {
    await store.update(() => freezing('dev'), NOW);
    await store.update(() => freezing('prod', 'anna'), NOW);
    const repository = new MemoryRepository(disk);
    const head = await repository.readCommit((await repository.resolve(STATE_REF)) ?? '');
    expect(head).toMatchObject({
      author: { name: 'anna' },
      message: 'freeze prod\n\nBy: anna\nEnvironment: prod\n',
    });
    const first = await repository.readCommit(head.parents[0] ?? '');
    expect(first.parents).toEqual([]);
  });

  it('is read the same by whoever starts anew', async () => {
    await store.update(() => freezing('dev'), NOW);
    expect(await frozen(new StateStore(new MemoryRepository(disk.clone())))).toEqual(['dev']);
  });

  it('loses no decision of many at once, from several processes', async () => {
    const stores = [
      store,
      new StateStore(new MemoryRepository(disk)),
      new StateStore(new MemoryRepository(disk)),
    ];
    const names = Array.from({ length: 6 }, (_, index) => `env-${index}`);
    await Promise.all(names.map((name, index) => stores[index % 3]?.update(() => freezing(name), NOW)));
    expect((await frozen()).sort()).toEqual(names);
  });

  it('decides again on what others have decided meanwhile', async () => {
    const other = new StateStore(new MemoryRepository(disk));
    const seen: number[] = [];
    let interfered = false;
    const change = (state: PromotionState) => {
      seen.push(state.freezes.size);
      if (state.freezes.size > 0) throw new ConflictError('somebody froze it');
      return freezing('dev');
    };
    const slow = new StateStore(
      new Proxy(new MemoryRepository(disk), {
        get: (target, name) => {
          if (name !== 'commitRefs') return Reflect.get(target, name, target).bind(target);
          return async (...args: Parameters<MemoryRepository['commitRefs']>) => {
            if (!interfered) await other.update(() => freezing('prod'), NOW);
            interfered = true;
            return target.commitRefs(...args);
          };
        },
      }),
    );
    await expect(slow.update(change, NOW)).rejects.toThrow('somebody froze it');
    expect(seen).toEqual([0, 1]);
    expect(await frozen()).toEqual(['prod']);
  });

  it('refuses a decision that changes nothing', async () => {
    await store.update(() => freezing('dev'), NOW);
    await expect(store.update(() => freezing('dev'), NOW)).rejects.toThrow(ConflictError);
  });

  const corrupted: readonly (readonly [string, string, string])[] = [
    ['that is not JSON', 'holds/prod/podinfo.json', '{'],
    ['that lacks a field', 'freezes/prod.json', '{"by":"otto"}'],
    ['whose time is none', 'freezes/prod.json', '{"by":"otto","at":"soon","reason":"x"}'],
  ];
  it.each(corrupted)('decides on nothing where there is a file %s', async (_title, path, text) => {
    const repository = new MemoryRepository(disk);
    const edits = new Map([[path, { mode: FILE_MODE, oid: repository.writeBlob(text) }]]);
    const who = { name: 'x', email: 'x', at: NOW };
    const tree = await repository.editTree(undefined, edits);
    const to = repository.writeCommit({ tree, parents: [], author: who, committer: who, message: 'x\n' });
    await repository.commitRefs([{ ref: STATE_REF, from: undefined, to }], { reason: 'x' });
    await expect(store.load()).rejects.toMatchObject({ name: 'UnavailableError' });
    await expect(store.update(() => freezing('dev'), NOW)).rejects.toThrow(STATE_REF);
    expect(await repository.resolve(STATE_REF)).toBe(to);
  });
});
