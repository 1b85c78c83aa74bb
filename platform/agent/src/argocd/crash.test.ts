import { describe, expect, it } from 'vitest';
import type { ApplicationStatus } from './application.ts';
import { configMap, HubFixture, yaml } from './hub-fixture.ts';

/** Two waves, a hook, something to prune: every kind of write that a sync makes. */
const before = { 'app/a.yaml': yaml(configMap('a'), configMap('old')) };
const after = {
  'app/a.yaml': yaml(
    { ...configMap('a'), data: { key: 'new' } },
    configMap('b', { 'argocd.argoproj.io/sync-wave': '1' }),
    configMap('note', { 'argocd.argoproj.io/hook': 'PostSync' }),
  ),
};

const isDone = (revision: string) => (status: ApplicationStatus) =>
  status.sync?.status === 'Synced' &&
  status.sync.revision === revision &&
  status.health?.status === 'Healthy';

interface Crash {
  /** Which write of the second sync is the last one that the agent attempts. */
  readonly at: number;
  /** Whether that write still reaches the API. */
  readonly stored: boolean;
}

/** Lets the agent die at a write of the second sync and starts another one; resolves with what that one left. */
async function crashAt({
  at,
  stored,
}: Crash): Promise<{ fixture: HubFixture; premature: boolean; crashed: boolean }> {
  const fixture = new HubFixture();
  await fixture.controller.start();
  const first = fixture.git.commit('env/dev', before);
  fixture.create('shop');
  await fixture.status('shop', isDone(first));
  await fixture.controller.idle();
  let writes = 0;
  const die = (): Error | undefined => {
    writes += 1;
    return writes > at || (writes === at && !stored) ? new Error('the agent is dead') : undefined;
  };
  fixture.hub.refuse = die;
  fixture.dev.refuse = die;
  const second = fixture.git.commit('env/dev', after);
  fixture.refresh('shop');
  await fixture.controller.idle();
  const crashed = writes >= at;
  const status = fixture.application('shop').status ?? {};
  const complete =
    fixture.dev.read('ConfigMap/shop/b') !== undefined &&
    fixture.dev.read('ConfigMap/shop/old') === undefined;
  fixture.hub.refuse = () => undefined;
  fixture.dev.refuse = () => undefined;
  await fixture.restart();
  await fixture.status('shop', isDone(second));
  await fixture.controller.idle();
  await fixture.controller.close();
  return { fixture, crashed, premature: isDone(second)(status) && !complete };
}

const crashes = Array.from({ length: 14 }, (_, index) => index + 1).flatMap((at) => [
  { at, stored: false },
  { at, stored: true },
]);

describe('an agent that dies in the middle of a sync', () => {
  it.each(crashes)(
    'at write $at (stored: $stored) is taken over without loss and without a false report',
    async (crash) => {
      const { fixture, premature } = await crashAt(crash);
      expect(premature).toBe(false);
      expect(fixture.dev.read('ConfigMap/shop/a')?.data).toEqual({ key: 'new' });
      expect(fixture.dev.read('ConfigMap/shop/b')).toBeDefined();
      expect(fixture.dev.read('ConfigMap/shop/old')).toBeUndefined();
      const { history, operationState } = fixture.application('shop').status ?? {};
      expect(operationState?.phase).toBe('Succeeded');
      expect(history?.map((entry) => entry.id)).toEqual([0, 1]);
    },
  );

  it('dies at every write that there is', async () => {
    const crashed = await Promise.all(crashes.map(async (crash) => (await crashAt(crash)).crashed));
    expect(crashed.at(-1)).toBe(false);
    expect(crashed[0]).toBe(true);
  });
});
