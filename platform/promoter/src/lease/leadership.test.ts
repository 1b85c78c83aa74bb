import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Leadership } from './leadership.ts';
import { LEASE_TIMES, type LeaseRecord, type StoredLease } from './lease.ts';
import type { LeaseClient } from './lease-client.ts';

/** A Lease in memory, and one clock for the world from which each replica's own may differ. */
function world() {
  let lease: StoredLease | undefined;
  let version = 0;
  let time = Date.UTC(2026, 5, 1);
  const reach = (connected: () => boolean): LeaseClient => ({
    async read() {
      if (!connected()) throw new Error('no route to host');
      return lease;
    },
    async write(record: LeaseRecord, over: string | undefined) {
      if (!connected()) throw new Error('no route to host');
      if (lease?.version !== over) return undefined;
      version += 1;
      lease = { record, version: String(version) };
      return lease.version;
    },
  });
  const replica = (identity: string, skew = 0) => {
    const told: boolean[] = [];
    const link = { connected: true, deaf: false, told };
    const leadership = new Leadership({
      client: reach(() => link.connected),
      identity,
      clock: { now: () => time + skew },
      async changed(acts) {
        told.push(acts);
        if (link.deaf) throw new Error('not told');
      },
    });
    return Object.assign(link, { leadership, attempt: () => leadership.attempt() });
  };
  return {
    replica,
    lease: () => lease?.record,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

describe('Leadership', () => {
  it('goes to the first, and stays there while it renews', async () => {
    const { replica, pass } = world();
    const [a, b] = [replica('a'), replica('b')];
    for (let round = 0; round < 20; round += 1) {
      await a.attempt();
      await b.attempt();
      expect([a.leadership.holds(), b.leadership.holds()]).toEqual([true, false]);
      pass(LEASE_TIMES.retry);
    }
    expect([a.told, b.told]).toEqual([[true], [false]]);
  });

  it('ends by itself before another may begin, when the API server cannot be reached', async () => {
    const { replica, pass, lease } = world();
    const [a, b] = [replica('a'), replica('b')];
    await a.attempt();
    await b.attempt();
    a.connected = false;
    for (let waited = 0; waited < LEASE_TIMES.duration; waited += LEASE_TIMES.retry) {
      pass(LEASE_TIMES.retry);
      await Promise.all([a.attempt(), b.attempt()]);
      expect(a.leadership.holds() && b.leadership.holds()).toBe(false);
    }
    expect([a.leadership.holds(), b.leadership.holds()]).toEqual([false, true]);
    expect(lease()).toMatchObject({ holder: 'b', transitions: 1 });
    a.connected = true;
    await a.attempt();
    expect(a.leadership.holds()).toBe(false);
  });

  it('is not taken from a holder whose clock is far behind or ahead', async () => {
    for (const skew of [-3_600_000, 3_600_000]) {
      const { replica, pass } = world();
      const [a, b] = [replica('a', skew), replica('b')];
      for (let round = 0; round < 20; round += 1) {
        await a.attempt();
        await b.attempt();
        expect(b.leadership.holds()).toBe(false);
        pass(LEASE_TIMES.retry);
      }
    }
  });

  it('can be given back, so that nobody has to wait', async () => {
    const { replica } = world();
    const [a, b] = [replica('a'), replica('b')];
    await a.attempt();
    await a.leadership.close();
    await b.attempt();
    expect([a.leadership.holds(), b.leadership.holds()]).toEqual([false, true]);
  });

  it('is told when it begins and ends, and again when nobody has heard it', async () => {
    const { replica, pass } = world();
    const a = replica('a');
    a.deaf = true;
    await a.attempt();
    a.deaf = false;
    await a.attempt();
    a.connected = false;
    pass(LEASE_TIMES.deadline);
    await a.attempt();
    expect(a.told).toEqual([true, true, false]);
  });

  it('is never with two at once, whoever is cut off and whenever', async () => {
    const step = fc.record({
      who: fc.nat(2),
      what: fc.constantFrom('attempt' as const, 'attempt' as const, 'cut' as const, 'join' as const),
      pause: fc.integer({ min: 0, max: 8_000 }),
    });
    const skews = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -100_000, max: 100_000 })));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), skews, async (steps, skew) => {
        const { replica, pass } = world();
        const replicas = ['a', 'b', 'c'].map((name, index) => replica(name, skew[index]));
        for (const { who, what, pause } of steps) {
          const chosen = replicas[who];
          if (chosen === undefined) continue;
          if (what === 'attempt') await chosen.attempt();
          else chosen.connected = what === 'join';
          expect(replicas.filter(({ leadership }) => leadership.holds()).length).toBeLessThanOrEqual(1);
          pass(pause);
        }
      }),
    );
  });
});
