import { NotFoundError } from '@drydock/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetProvider } from './provider.ts';

/** A provider to be tested, on something that belongs to the test. */
export interface ProviderHarness {
  readonly provider: FleetProvider;
  /** Names of the clusters of the fleet. */
  readonly clusters: readonly string[];
  /** Whether the provider makes the clusters, and so removes them. */
  readonly makes: boolean;
  close(): Promise<void>;
}

/** What every provider must do. */
export function providerContract(name: string, open: () => Promise<ProviderHarness>): void {
  describe(`the provider ${name}`, { timeout: 60_000 }, () => {
    let harness: ProviderHarness;
    beforeAll(async () => {
      harness = await open();
    }, 60_000);
    afterAll(() => harness.close(), 60_000);

    it('plans the same twice, with steps that need only each other', async () => {
      const plan = await harness.provider.plan();
      expect(await harness.provider.plan()).toEqual(plan);
      expect(plan).toMatchObject({ provider: harness.provider.name, problems: [] });
      const ids = plan.phases.flatMap(({ steps }) => steps.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('changes nothing by planning', async () => {
      const before = await harness.provider.status();
      await harness.provider.plan();
      expect(await harness.provider.status()).toEqual(before);
      if (harness.makes) expect(before.state).toBe('absent');
    });

    it('brings every cluster up, and tells of it', async () => {
      const events: string[] = [];
      const status = await harness.provider.up({ progress: ({ type }) => void events.push(type) });
      expect(status.state).toBe('running');
      expect(status.clusters.map((cluster) => cluster.name).toSorted()).toEqual(
        [...harness.clusters].toSorted(),
      );
      expect(events).toContain('done');
      expect(events).not.toContain('failed');
    });

    it('leaves as it is what is up already', async () => {
      const before = await harness.provider.status();
      expect(await harness.provider.up()).toEqual(before);
    });

    it('does nothing when it was interrupted before', async () => {
      await expect(harness.provider.up({ signal: AbortSignal.abort() })).rejects.toThrow();
      expect((await harness.provider.status()).state).toBe('running');
    });

    it('gives the kubeconfig of every cluster, and of no other', async () => {
      for (const cluster of harness.clusters) {
        expect(await harness.provider.kubeconfig(cluster)).toContain('apiVersion');
      }
      await expect(harness.provider.kubeconfig('nobody')).rejects.toBeInstanceOf(NotFoundError);
    });

    it('removes what it made and nothing else, as often as it is asked', async () => {
      const { removed } = await harness.provider.down();
      expect([...removed].toSorted()).toEqual(harness.makes ? [...harness.clusters].toSorted() : []);
      expect((await harness.provider.status()).state).toBe(harness.makes ? 'absent' : 'running');
      expect((await harness.provider.down()).removed).toEqual([]);
    });
  });
}
