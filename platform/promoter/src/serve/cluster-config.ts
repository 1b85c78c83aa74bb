import { InputError } from '@drydock/model';
import { KubeConfig } from '@kubernetes/client-node';

export interface ClusterConfigOptions {
  /** Absolute path; default: the service account of the pod. */
  readonly kubeconfig?: string | undefined;
  /** Default: the current one. */
  readonly context?: string | undefined;
}

/** How a cluster is reached. @throws InputError when the file or the context is not there */
export function clusterConfig({ kubeconfig, context }: ClusterConfigOptions): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromCluster();
    else config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new InputError(`${kubeconfig ?? 'the service account of the pod'} cannot be read as a kubeconfig`, {
      cause,
    });
  }
  if (context === undefined) return config;
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context))
    throw new InputError(
      `no context "${context}" in ${kubeconfig}; there are: ${known.join(', ') || 'none'}`,
    );
  config.setCurrentContext(context);
  return config;
}
