export interface Config {
  drydock?: {
    /** Folder of kubeconfig files, one for each cluster, as the embedded fleet writes them. */
    kubeconfigs?: string;
  };
}
