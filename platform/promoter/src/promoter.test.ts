import { MemoryRepository, MemoryStore } from '@drydock/git';
import { beforeEach, describe, expect, it } from 'vitest';
import { HydrationError, type Hydrator } from './hydrate/hydrator.ts';
import { silentLogger, type Timer } from './ports.ts';
import { Promoter, type PromoterOptions } from './promoter.ts';
import { STATE_REF, StateStore, stateFile, statePath } from './state/state-store.ts';
import { FakeDelivery, healthyAt } from './testing/fake-delivery.ts';
import { pushSketch, readSketch, type SketchInput, sketchHydrator } from './testing/sketch.ts';

const NOW = Date.UTC(2026, 0, 5);
const at = new Date(NOW).toISOString();
const DEV = 'refs/heads/env/dev';
const STAGING = 'refs/heads/env/staging';
const sketch = (content: string): SketchInput => ({
  environments: [
    { name: 'dev' },
    { name: 'staging', after: ['dev'], gates: [{ type: 'health' }, { type: 'soak', for: '10m' }] },
  ],
  units: { podinfo: { content, targets: { dev: ['dev'], staging: ['staging'] } } },
});

let disk: MemoryStore;
let now: number;
beforeEach(() => {
  disk = new MemoryStore();
  now = NOW;
});

/** Timers that fire when the test says so; short ones, which are pauses, at once. */
class ManualTimer implements Timer {
  readonly waits: number[] = [];
  #resting: (() => void)[] = [];
  fire = () => {};

  start(milliseconds: number, fire: () => void): () => void {
    if (milliseconds < 1_000) queueMicrotask(fire);
    else {
      this.waits.push(milliseconds);
      this.fire = fire;
      for (const rested of this.#resting.splice(0)) rested();
    }
    return () => {};
  }

  /** Until the promoter has nothing left to do. */
  rest(): Promise<void> {
    return new Promise((resolve) => this.#resting.push(resolve));
  }
}

function start(over: Partial<PromoterOptions> = {}) {
  const repository = over.repository ?? new MemoryRepository(disk);
  const delivery = new FakeDelivery();
  const timer = new ManualTimer();
  const errors: string[] = [];
  const promoter = new Promoter({
    hydrator: sketchHydrator(repository),
    delivery,
    timer,
    clock: { now: () => now },
    readFleet: readSketch,
    logger: { ...silentLogger, error: (message, fields) => errors.push(`${message} ${fields?.error}`) },
    ...over,
    repository,
  });
  const look = async () => {
    const rested = timer.rest();
    promoter.notify();
    await rested;
  };
  const push = (content: string) =>
    pushSketch(new MemoryRepository(disk), sketch(content), { by: 'dora', now });
  return { promoter, repository, delivery, timer, errors, look, push };
}

async function healthyInDev({ delivery }: ReturnType<typeof start>, since: number): Promise<void> {
  delivery.report({ cluster: 'dev', unit: 'podinfo' }, healthyAt(disk.refs.get(DEV) ?? '', since));
}

describe('Promoter', () => {
  it('brings a push to the first environment, asks for a refresh, and waits with the rest', async () => {
    const site = start();
    await site.push('1');
    await site.look();
    expect(disk.refs.has(DEV)).toBe(true);
    expect(disk.refs.has(STAGING)).toBe(false);
    expect(site.delivery.refreshed).toEqual([{ unit: 'podinfo', cluster: 'dev' }]);
  });

  it('looks again when a gate opens by itself, and not much later', async () => {
    const site = start();
    await site.push('1');
    await site.look();
    await healthyInDev(site, now);
    await site.look();
    expect(site.timer.waits.at(-1)).toBe(30_000);
    now += 9 * 60_000 + 50_000;
    await site.look();
    expect(site.timer.waits.at(-1)).toBe(10_010);
    now += 10_010;
    const rested = site.timer.rest();
    site.timer.fire();
    await rested;
    expect(disk.refs.has(STAGING)).toBe(true);
  });

  it('carries on from the repository alone', async () => {
    const first = start();
    await first.push('1');
    await first.look();
    await first.promoter.close();
    const second = start();
    await healthyInDev(second, now);
    now += 600_000;
    await second.look();
    expect(disk.refs.has(STAGING)).toBe(true);
  });

  it('does not carry out a decision that a hold has overtaken', async () => {
    const repository = new MemoryRepository(disk);
    const commitRefs = repository.commitRefs.bind(repository);
    const hold = stateFile({ by: 'otto', at, reason: 'wait' });
    const files = new Map([[statePath.hold('dev', 'podinfo'), hold]]);
    repository.commitRefs = async (updates, options) => {
      if (updates.some(({ ref, to, from }) => ref === DEV && to !== from)) {
        repository.commitRefs = commitRefs;
        const people = new StateStore(new MemoryRepository(disk));
        await people.update(() => ({ files, subject: 'hold', by: 'otto', trailers: {} }), now);
      }
      return commitRefs(updates, options);
    };
    const site = start({ repository });
    await site.push('1');
    await site.look();
    expect(disk.refs.has(STATE_REF)).toBe(true);
    expect(disk.refs.has(DEV)).toBe(false);
    expect(site.errors).toEqual([]);
  });

  it('keeps what is there when a revision cannot be hydrated, says why once, and takes the next', async () => {
    const repository = new MemoryRepository(disk);
    const works = sketchHydrator(repository);
    let tries = 0;
    let broken = '';
    const hydrator: Hydrator = {
      async hydrate(revision) {
        if (revision !== broken) return works.hydrate(revision);
        tries += 1;
        throw new HydrationError('the revision does not validate', {
          problems: [{ file: 'a.yaml', line: 3, message: 'expected …' }],
        });
      },
    };
    const site = start({ repository, hydrator });
    await site.push('1');
    await site.look();
    const before = disk.refs.get(DEV);
    broken = await site.push('2');
    await site.look();
    await site.look();
    expect(tries).toBe(1);
    expect(disk.refs.get(DEV)).toBe(before);
    expect(site.promoter.failedHydration).toEqual({
      revision: broken,
      message: 'the revision does not validate',
      problems: ['a.yaml:3: expected …'],
    });
    await site.push('3');
    await site.look();
    expect(site.promoter.failedHydration).toBeUndefined();
    expect(disk.refs.get(DEV)).not.toBe(before);
  });

  it('tries again soon after a failure that is not its own, such as a full disk', async () => {
    const repository = new MemoryRepository(disk);
    const commitRefs = repository.commitRefs.bind(repository);
    repository.commitRefs = async () => {
      throw new Error('ENOSPC: no space left on device');
    };
    const site = start({ repository });
    await site.push('1');
    await site.look();
    expect(site.errors).toEqual([expect.stringContaining('no space left')]);
    expect(site.timer.waits.at(-1)).toBeLessThan(2_000);
    expect(disk.refs.has(DEV)).toBe(false);
    repository.commitRefs = commitRefs;
    const rested = site.timer.rest();
    site.timer.fire();
    await rested;
    expect(disk.refs.has(DEV)).toBe(true);
  });

  it('does nothing where another replica acts', async () => {
    const site = start({ mayAct: () => false });
    await site.push('1');
    await site.look();
    expect([...disk.refs.keys()]).toEqual(['refs/heads/main']);
  });

  it('moves nothing more once it is closed', async () => {
    const site = start();
    await site.push('1');
    await site.promoter.close();
    site.promoter.notify();
    await new Promise(setImmediate);
    expect(disk.refs.has(DEV)).toBe(false);
  });
});
