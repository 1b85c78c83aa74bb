import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readCrds, startCluster } from '@drydock/kube';
import { kubeconfigPath } from '../fleet-paths.ts';
import { writePrivate } from '../write-private.ts';
import { runPart } from './run-part.ts';

/** All clusters of the fleet, in one process. */
runPart(async ({ fleet, config, paths }, logger) => {
  await mkdir(paths.kubeconfigs, { recursive: true, mode: 0o700 });
  const crds = readCrds(paths.crds);
  const clusters = await Promise.all(
    fleet.clusters.map(async ({ name, kubernetesVersion, network, labels }) => {
      const port = config.ports.clusters[name];
      const cluster = await startCluster({
        name,
        dataDir: join(paths.clusters, name),
        kubernetesVersion,
        podSubnet: network.podSubnet,
        serviceSubnet: network.serviceSubnet,
        nodes: [{ name: `${name}-node-1`, labels: { ...labels } }],
        crds,
        logger,
        ...(port !== undefined && { port }),
      });
      await writePrivate(kubeconfigPath(paths, name), cluster.kubeconfig());
      logger.info('cluster is ready', { cluster: name, url: cluster.url });
      return cluster;
    }),
  );
  return { close: async () => void (await Promise.all(clusters.map((cluster) => cluster.close()))) };
});
