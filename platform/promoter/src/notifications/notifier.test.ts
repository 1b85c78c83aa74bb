import { createHmac } from 'node:crypto';
import { type Commit, formatTrailers, MemoryRepository, MemoryStore } from '@drydock/git';
import { beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../decide/decide.ts';
import { NOW, Scenario } from '../decide/testing/scenario.ts';
import type { Settled } from '../promoter-hooks.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Notice } from './notice.ts';
import { Notifier, type Subscription } from './notifier.ts';
import { slackTarget, type Target, webhookTarget } from './target.ts';
import { NOTIFIED_REF } from './told-store.ts';

const WHO = { name: 'drydock', email: 'drydock@example.com', at: NOW };
const DEV = 'refs/heads/env/dev';

let store: MemoryStore;
let repository: MemoryRepository;
let scenario: Scenario;
let now: number;
beforeEach(async () => {
  store = new MemoryStore();
  repository = new MemoryRepository(store);
  now = NOW;
  scenario = new Scenario(
    [{ name: 'dev' }, { name: 'prod', after: ['dev'], gates: [{ type: 'approval' }] }],
    { dev: ['dev-1'], prod: ['prod-1'] },
  );
  await promote('first', 'p0');
});

/** A commit of the environment branch, as a promotion makes it. */
async function promote(unit: string, promotion: string, cause = 'promotion'): Promise<void> {
  const from = await repository.resolve(DEV);
  const trailers = formatTrailers({
    Promotion: promotion,
    Unit: unit,
    Release: `${unit}-1`,
    Revision: '1'.repeat(40),
    Clusters: 'dev-1',
    Cause: cause,
    'Requested-by': 'ada',
  });
  const tree = await repository.editTree(undefined, new Map());
  const parents = from === undefined ? [] : [from];
  const commit: Commit = { tree, parents, author: WHO, committer: WHO, message: `promote\n\n${trailers}\n` };
  const to = repository.writeCommit(commit);
  await repository.commitRefs([{ ref: DEV, from, to }], { reason: 'test' });
}

async function settled(): Promise<Settled> {
  const input = scenario.input(now);
  const heads = [{ environment: 'dev', commit: await repository.resolve(DEV), records: new Map() }];
  const snapshot = { ...input, heads } as unknown as Snapshot;
  return { snapshot, verdicts: decide(input), took: 0 };
}

/** A target that remembers what it took, and can be down. */
function inbox(name = 'inbox') {
  const taken: string[] = [];
  const state = { down: false, refuses: '' };
  const target: Target = {
    name,
    async send({ id }) {
      if (state.down) throw new Error('no answer');
      taken.push(id);
      return id !== state.refuses;
    },
  };
  return Object.assign(state, { taken, target });
}

/** A new process each time: nothing is remembered but what is in git. */
async function tell(...subscriptions: readonly Subscription[]): Promise<void> {
  await new Notifier({ repository, subscriptions, clock: { now: () => now } }).round(await settled());
}

describe('Notifier', () => {
  it('tells each promotion once, the oldest first, also when every look is by a new process', async () => {
    const { taken, target } = inbox();
    await tell({ target });
    expect(taken).toEqual([]);
    await promote('cart', 'p1');
    await promote('cart', 'p2', 'rollback');
    await tell({ target });
    await tell({ target });
    expect(taken).toEqual(['p1.promoted', 'p2.rolled-back']);
  });

  it('tells the first promotion of an environment that came later', async () => {
    store.refs.delete(DEV);
    const { taken, target } = inbox();
    await tell({ target });
    await promote('cart', 'p1');
    await tell({ target });
    expect(taken).toEqual(['p1.promoted']);
  });

  it('keeps for one target what it could not take, without troubling the others', async () => {
    const a = inbox('a');
    const b = inbox('b');
    await tell(a, b);
    a.down = true;
    await promote('cart', 'p1');
    await tell(a, b);
    await promote('cart', 'p2');
    await tell(a, b);
    expect([a.taken, b.taken]).toEqual([[], ['p1.promoted', 'p2.promoted']]);
    a.down = false;
    await tell(a, b);
    expect([a.taken, b.taken]).toEqual([
      ['p1.promoted', 'p2.promoted'],
      ['p1.promoted', 'p2.promoted'],
    ]);
  });

  it('repeats at most what it could not record, under the same id', async () => {
    const { taken, target } = inbox();
    await tell({ target });
    await promote('cart', 'p1');
    const told = store.refs.get(NOTIFIED_REF);
    await tell({ target });
    if (told !== undefined) store.refs.set(NOTIFIED_REF, told); // as if it was killed before
    await tell({ target });
    expect(taken).toEqual(['p1.promoted', 'p1.promoted']);
  });

  it('goes on after a notice that the target never takes', async () => {
    const box = inbox();
    await tell(box);
    box.refuses = 'p1.promoted';
    await promote('cart', 'p1');
    await promote('cart', 'p2');
    await tell(box);
    await tell(box);
    expect(box.taken).toEqual(['p1.promoted', 'p2.promoted']);
  });

  it('tells once that something waits, is degraded, and again when it happens again', async () => {
    const { taken, target } = inbox();
    scenario.releases(2).has('dev', 2).has('prod', 1);
    await tell({ target });
    await tell({ target });
    expect(taken).toEqual([expect.stringMatching(/\.waiting$/)]);
    scenario.has('prod', 1, { health: 'Degraded' });
    await tell({ target });
    scenario.has('prod', 1);
    await tell({ target });
    scenario.has('prod', 1, { health: 'Degraded' });
    await tell({ target });
    expect(taken.slice(1)).toEqual(['app@prod-1#1.degraded', 'app@prod-1#1.degraded']);
  });

  it('sends a target only the outcomes that it wants', async () => {
    const { taken, target } = inbox();
    const subscription = { target, outcomes: ['rolled-back'] as const };
    await tell(subscription);
    await promote('cart', 'p1');
    await promote('cart', 'p2', 'rollback');
    scenario.releases(2).has('dev', 2).has('prod', 1);
    await tell(subscription);
    expect(taken).toEqual(['p2.rolled-back']);
  });

  it('tells nobody the past when the history it was told of is gone', async () => {
    const { taken, target } = inbox();
    await tell({ target });
    store.refs.delete(DEV);
    await promote('cart', 'p1');
    await tell({ target });
    await promote('cart', 'p2');
    await tell({ target });
    expect(taken).toEqual(['p2.promoted']);
  });

  it('tries a target that is down again, after longer and longer', async () => {
    const box = inbox();
    await tell(box);
    box.down = true;
    await promote('cart', 'p1');
    const waits: number[] = [];
    let fire = () => {};
    const timer = {
      start(milliseconds: number, call: () => void) {
        waits.push(milliseconds);
        fire = call;
        return () => {};
      },
    };
    const notifier = new Notifier({ repository, subscriptions: [box], clock: { now: () => now }, timer });
    notifier.settled(await settled());
    await expect.poll(() => waits).toEqual([5_000]);
    now += 5_000;
    fire();
    await expect.poll(() => waits).toEqual([5_000, 10_000]);
    box.down = false;
    now += 10_000;
    fire();
    await expect.poll(() => box.taken).toEqual(['p1.promoted']);
    await notifier.close();
  });
});

describe('targets', () => {
  const notice: Notice = {
    id: 'p1.promoted',
    outcome: 'promoted',
    unit: 'cart',
    environment: 'prod',
    release: 'r',
    revision: '1234567890',
    clusters: ['eu', 'us'],
    at: '2026-06-01T00:00:00.000Z',
    requestedBy: 'ada',
    approvedBy: ['<!channel> & ben'],
    reason: '',
  };
  const clock = { now: () => NOW };

  function endpoint(status = 200) {
    const requests: { body: string; headers: Headers }[] = [];
    const fetch = (async (_url: string | URL | Request, init?: RequestInit) => {
      requests.push({ body: String(init?.body), headers: new Headers(init?.headers) });
      return new Response(null, { status });
    }) as typeof globalThis.fetch;
    return {
      requests,
      options: { name: 'ops', url: async () => 'https://hooks.example.com/secret-path', fetch },
    };
  }

  it('signs what it sends to a webhook, so that the receiver can check it', async () => {
    const { requests, options } = endpoint();
    const target = webhookTarget({ ...options, secret: async () => 'shared', clock });
    expect(await target.send(notice)).toBe(true);
    const [{ body, headers } = { body: '', headers: new Headers() }] = requests;
    const signed = `p1.promoted.${NOW / 1_000}.${body}`;
    const signature = createHmac('sha256', 'shared').update(signed).digest('base64');
    expect(headers.get('webhook-signature')).toBe(`v1,${signature}`);
    expect(JSON.parse(body)).toMatchObject({
      type: 'drydock.promoted',
      data: { id: 'p1.promoted', unit: 'cart' },
    });
  });

  it('sends chat a sentence in which nothing calls anybody', async () => {
    const { requests, options } = endpoint();
    await slackTarget(options).send(notice);
    expect(JSON.parse(requests[0]?.body ?? '{}')).toEqual({
      text: '🚢 cart 12345678 is now in prod (eu, us), requested by ada, approved by &lt;!channel&gt; &amp; ben',
    });
  });

  it.each([404, 429, 500, 302])('may try again after status %i, and names no address', async (status) => {
    const error = (await slackTarget(endpoint(status).options)
      .send(notice)
      .catch((cause: unknown) => cause)) as Error;
    expect(error).toMatchObject({ name: 'UnavailableError', message: expect.stringContaining('"ops"') });
    expect(error.message).not.toContain('secret-path');
  });

  it('does not try again what is refused for what it is', async () => {
    expect(await slackTarget(endpoint(400).options).send(notice)).toBe(false);
  });
});
