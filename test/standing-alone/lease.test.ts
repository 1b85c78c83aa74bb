import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCluster, startCluster } from '@drydock/kube';
import { KubernetesLease, LEASE_TIMES, Leadership } from '@drydock/promoter/serve';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
let cluster: RunningCluster;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-lease-'));
  cluster = await startCluster({ name: 'hub', dataDir: folder });
});
afterAll(async () => {
  await cluster.close();
  await rm(folder, { recursive: true });
});

function leaseNamed(name: string) {
  const config = new KubeConfig();
  config.loadFromString(cluster.kubeconfig());
  return new KubernetesLease(config, { namespace: 'default', name });
}

describe('a Lease in a cluster', () => {
  it('is taken by one of many that try at once, and by the next when that one has gone', async () => {
    let time = Date.UTC(2026, 5, 1);
    const replicas = ['a', 'b', 'c', 'd'].map(
      (identity) => new Leadership({ client: leaseNamed('promoter'), identity, clock: { now: () => time } }),
    );
    await Promise.all(replicas.map((replica) => replica.attempt()));
    const [first, ...others] = replicas.toSorted((a, b) => Number(b.holds()) - Number(a.holds()));
    expect(replicas.filter((replica) => replica.holds())).toEqual([first]);

    await Promise.all(others.map((replica) => replica.attempt()));
    time += LEASE_TIMES.duration;
    expect(first?.holds()).toBe(false);
    await Promise.all(others.map((replica) => replica.attempt()));
    expect(replicas.filter((replica) => replica.holds())).toHaveLength(1);
    expect(first?.holds()).toBe(false);
  });

  it('refuses a write over a version that is no longer there', async () => {
    const lease = leaseNamed('other');
    const record = { holder: 'a', duration: 15_000, acquiredAt: 1_000, renewedAt: 1_000, transitions: 0 };
    const first = await lease.write(record, undefined);
    expect(await lease.write(record, undefined)).toBeUndefined();
    expect(await lease.write({ ...record, renewedAt: 2_000 }, first)).toBeDefined();
    expect(await lease.write({ ...record, holder: 'b' }, first)).toBeUndefined();
    expect((await lease.read())?.record).toEqual({ ...record, renewedAt: 2_000 });
  });
});
