import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { promoterServiceRef } from '@drydock/plugin-promotion-node';
import { FleetEntityProvider } from './FleetEntityProvider';

/** Adds {@link FleetEntityProvider}; looks every ten seconds whether the files of the fleet have changed. */
export const catalogModuleDrydock = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'drydock',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        logger: coreServices.logger,
        promoter: promoterServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, logger, promoter, scheduler }) {
        const provider = new FleetEntityProvider({
          promoter,
          logger,
          taskRunner: scheduler.createScheduledTaskRunner({
            frequency: { seconds: 10 },
            timeout: { seconds: 30 },
            scope: 'local',
          }),
        });
        catalog.addEntityProvider(provider);
      },
    });
  },
});
