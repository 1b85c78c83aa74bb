import { join } from 'node:path';
import type { DemoClone } from '../../scripts/demo/demo-clone.ts';
import { LiveClusters } from '../../scripts/demo/live-clusters.ts';

/** Tells the simulation of some clusters that an image crashes. */
export async function breakImage(
  clone: DemoClone,
  clusters: readonly string[],
  image: string,
): Promise<void> {
  const file = (cluster: string) => join(clone.folder, '.drydock', 'kubeconfigs', `${cluster}.yaml`);
  const live = new LiveClusters(new Map(clusters.map(cluster => [cluster, file(cluster)])));
  for (const cluster of clusters) await live.setFault(cluster, image);
}
