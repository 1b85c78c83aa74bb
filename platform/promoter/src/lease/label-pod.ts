import { CoreV1Api, type KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';

/** Label of the pod whose replica acts; the Service of the promoter selects it. */
export const ACTING_LABEL = 'drydock.dev/acting';

/** Says on its pod whether a replica acts, so that calls get to the one that may take decisions. */
export async function labelPod(
  config: KubeConfig,
  pod: { readonly namespace: string; readonly name: string },
  acts: boolean,
): Promise<void> {
  const body = { metadata: { labels: { [ACTING_LABEL]: String(acts) } } };
  const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
  await config.makeApiClient(CoreV1Api).patchNamespacedPod({ ...pod, body }, options);
}
