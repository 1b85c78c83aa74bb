import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { promotionPermissions } from '@drydock/plugin-promotion-common';
import {
  promoterServiceRef,
  promotionRules,
  promotionTargetResourceRef,
} from '@drydock/plugin-promotion-node';
import { registerActions } from './actions/registerActions';
import { Authorizer } from './authorization/Authorizer';
import { TargetLoader } from './authorization/TargetLoader';
import { EventBridge } from './events/EventBridge';
import { createRouter } from './router';

/** Serves `/api/promotion`, turns the promoter's events into signals and notifications. */
export const promotionPlugin = createBackendPlugin({
  pluginId: 'promotion',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        promoter: promoterServiceRef,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { promoter, logger, httpRouter, permissionsRegistry } = deps;
        const targets = new TargetLoader(promoter);
        permissionsRegistry.addResourceType({
          resourceRef: promotionTargetResourceRef,
          permissions: promotionPermissions,
          rules: Object.values(promotionRules),
          getResources: refs => targets.load(refs),
        });
        const ruleset = permissionsRegistry.getPermissionRuleset(promotionTargetResourceRef);
        const authorizer = new Authorizer({ ...deps, ruleset });
        registerActions({ ...deps, authorizer });
        httpRouter.use(await createRouter({ ...deps, authorizer }));
        const bridge = new EventBridge({
          promoter,
          logger,
          signals: deps.signals,
          notifications: deps.notifications,
        });
        deps.lifecycle.addStartupHook(() => bridge.start());
        deps.lifecycle.addShutdownHook(() => bridge.stop());
      },
    });
  },
});
