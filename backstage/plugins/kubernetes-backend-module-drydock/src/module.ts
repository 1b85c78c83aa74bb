import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { kubernetesClusterSupplierExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { KubeconfigClusterSupplier } from './KubeconfigClusterSupplier';

/** Reads clusters from `drydock.kubeconfigs`, a folder of kubeconfig files. Does nothing where it is not set. */
export const kubernetesModuleDrydock = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'drydock',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        clusters: kubernetesClusterSupplierExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ config, clusters, logger }) {
        const folder = config.getOptionalString('drydock.kubeconfigs');
        if (!folder) return;
        clusters.addClusterSupplier(new KubeconfigClusterSupplier(folder, logger));
      },
    });
  },
});
