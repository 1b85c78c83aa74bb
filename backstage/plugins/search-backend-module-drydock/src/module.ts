import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { promoterServiceRef } from '@drydock/plugin-promotion-node';
import { PromotionCollatorFactory } from './PromotionCollatorFactory';

/** Makes units and promotions findable; indexed again every five minutes. */
export const searchModuleDrydock = createBackendModule({
  pluginId: 'search',
  moduleId: 'drydock-collator',
  register(env) {
    env.registerInit({
      deps: {
        index: searchIndexRegistryExtensionPoint,
        promoter: promoterServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({ index, promoter, scheduler }) {
        index.addCollator({
          schedule: scheduler.createScheduledTaskRunner({
            frequency: { minutes: 5 },
            timeout: { minutes: 1 },
            initialDelay: { seconds: 10 },
          }),
          factory: new PromotionCollatorFactory(promoter),
        });
      },
    });
  },
});
