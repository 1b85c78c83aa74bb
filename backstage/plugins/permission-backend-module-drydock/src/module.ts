import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { promoterServiceRef } from '@drydock/plugin-promotion-node';
import { DrydockPermissionPolicy } from './DrydockPermissionPolicy';
import { GrantLoader } from './GrantLoader';

/** Installs {@link DrydockPermissionPolicy}. */
export const permissionModuleDrydockPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'drydock-policy',
  register(env) {
    env.registerInit({
      deps: {
        logger: coreServices.logger,
        policy: policyExtensionPoint,
        promoter: promoterServiceRef,
      },
      async init({ logger, policy, promoter }) {
        const grants = new GrantLoader(promoter, logger);
        policy.setPolicy(new DrydockPermissionPolicy(grants));
      },
    });
  },
});
