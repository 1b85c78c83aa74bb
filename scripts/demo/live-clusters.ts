import { AppsV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';

/** What is really running of podinfo on one cluster, read through its Kubernetes API. */
export interface LiveWorkload {
  readonly image: string | undefined;
  /** Whether every replica is of the current generation and available, and no older one is left. */
  readonly available: boolean;
}

/** The clusters of a fleet, by their kubeconfigs. */
export class LiveClusters {
  readonly #configs: ReadonlyMap<string, KubeConfig>;

  constructor(kubeconfigs: ReadonlyMap<string, string>) {
    this.#configs = new Map(
      [...kubeconfigs].map(([name, file]) => {
        const config = new KubeConfig();
        config.loadFromFile(file);
        return [name, config];
      }),
    );
  }

  async podinfo(cluster: string): Promise<LiveWorkload> {
    const api = this.#config(cluster).makeApiClient(AppsV1Api);
    const found = await api
      .readNamespacedDeployment({ name: 'podinfo', namespace: 'podinfo' })
      .catch(() => undefined);
    if (found === undefined) return { image: undefined, available: false };
    const { spec, status, metadata } = found;
    const current = status?.observedGeneration === metadata?.generation;
    const replicas = spec?.replicas ?? 1;
    const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
    const available = current && counts.every((count) => count === replicas);
    return { image: spec?.template.spec?.containers[0]?.image, available };
  }

  /** Tells the simulation of a cluster that an image crashes, or that none does any more. */
  async setFault(cluster: string, image: string | undefined): Promise<void> {
    const api = this.#config(cluster).makeApiClient(CoreV1Api);
    const name = { name: 'simulated-faults', namespace: 'kube-system' };
    if (image === undefined) return void (await api.deleteNamespacedConfigMap(name));
    const body = { metadata: { name: name.name }, data: { demo: `${image} crash-loop` } };
    await api.createNamespacedConfigMap({ namespace: name.namespace, body });
  }

  #config(cluster: string): KubeConfig {
    const config = this.#configs.get(cluster);
    if (config === undefined) throw new Error(`no cluster "${cluster}" in the demo's fleet`);
    return config;
  }
}
