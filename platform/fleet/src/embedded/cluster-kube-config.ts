import { readFile } from 'node:fs/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { type FleetPaths, kubeconfigPath } from './fleet-paths.ts';

/** The kubeconfig of one cluster of an embedded fleet. */
export async function clusterKubeConfig(paths: FleetPaths, cluster: string): Promise<KubeConfig> {
  const config = new KubeConfig();
  config.loadFromString(await readFile(kubeconfigPath(paths, cluster), 'utf8'));
  return config;
}
