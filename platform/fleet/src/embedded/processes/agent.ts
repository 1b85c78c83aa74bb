import { readFile } from 'node:fs/promises';
import { startAgent } from '@drydock/agent';
import { kubeconfigPath } from '../fleet-paths.ts';
import { fluxClustersOf, hubOf } from '../hub.ts';
import { runPart } from './run-part.ts';

/** The GitOps agent: what Argo CD and Flux do on real clusters. */
runPart(async ({ fleet, paths }, logger) => {
  const kubeconfig = (cluster: string) => readFile(kubeconfigPath(paths, cluster), 'utf8');
  return startAgent({
    hub: await kubeconfig(hubOf(fleet).name),
    repositories: { [fleet.repository]: paths.repository },
    fluxClusters: await Promise.all(
      fluxClustersOf(fleet).map(async ({ name }) => ({ name, kubeconfig: await kubeconfig(name) })),
    ),
    logger,
  });
});
