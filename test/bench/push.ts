import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetAddresses } from '@drydock/fleet';
import { DemoClone, withTag } from '../../scripts/demo/demo-clone.ts';
import { LiveClusters } from '../../scripts/demo/live-clusters.ts';
import { waitFor } from '../../scripts/demo/wait-for.ts';

const PUSHES = 20;
const ROOT = join(import.meta.dirname, '../..');
const IMAGE = 'ghcr.io/stefanprodan/podinfo';

/**
 * Measures the way of one push on the embedded fleet: from the start of `git push` until the new image is in the live
 * Deployment in dev, and until every replica of it is available. To be reached: p99 of the first ≤ 2 s. The floor is the
 * same push to a bare repository that does nothing with it.
 */
export async function run(): Promise<object> {
  const clone = await DemoClone.create(ROOT);
  const floorFolder = await mkdtemp(join(tmpdir(), 'drydock-floor-'));
  try {
    const started = performance.now();
    const addresses = JSON.parse((await clone.drydock(['up', '--output', 'json'])).stdout) as FleetAddresses;
    const up = performance.now() - started;
    const live = new LiveClusters(
      new Map(addresses.clusters.map(({ name, kubeconfig }) => [name, kubeconfig])),
    );
    await waitFor(
      'podinfo in dev',
      () => live.podinfo('dev'),
      ({ available }) => available,
    );
    await clone.git('init', '--quiet', '--bare', floorFolder);
    const samples: Sample[] = [];
    for (let push = 1; push <= PUSHES; push += 1)
      samples.push(await measurePush(clone, live, { push, floorFolder }));
    const of = (pick: (sample: Sample) => number) => spread(samples.map(pick));
    return {
      pushes: PUSHES,
      upMilliseconds: Math.round(up),
      floorPush: of(({ floor }) => floor),
      push: of(({ pushed }) => pushed),
      inDev: of(({ synced }) => synced),
      availableInDev: of(({ available }) => available),
    };
  } finally {
    await clone.remove();
    await rm(floorFolder, { recursive: true, force: true });
  }
}

interface Sample {
  readonly floor: number;
  readonly pushed: number;
  readonly synced: number;
  readonly available: number;
}

async function measurePush(
  clone: DemoClone,
  live: LiveClusters,
  { push, floorFolder }: { readonly push: number; readonly floorFolder: string },
): Promise<Sample> {
  const tag = `7.0.${push}`;
  await clone.edit(withTag(tag), `podinfo ${tag}`);
  const floorStarted = performance.now();
  await clone.git('push', '--quiet', floorFolder, 'HEAD:refs/heads/main');
  const started = performance.now();
  await clone.push();
  const pushed = performance.now();
  await waitFor(
    `${tag} in dev`,
    () => live.podinfo('dev'),
    ({ image }) => image === `${IMAGE}:${tag}`,
  );
  const synced = performance.now();
  await waitFor(
    `${tag} available`,
    () => live.podinfo('dev'),
    ({ available }) => available,
  );
  const end = performance.now();
  return {
    floor: started - floorStarted,
    pushed: pushed - started,
    synced: synced - started,
    available: end - started,
  };
}

function spread(values: readonly number[]): object {
  const sorted = values.toSorted((a, b) => a - b).map(Math.round);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), unit: 'ms' };
}
