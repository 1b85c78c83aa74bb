import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { promoterServiceRef } from '@drydock/plugin-promotion-node';
import { recipes } from './recipes';
import { registerRecipe } from './registerRecipe';

/** Registers every recipe with the actions registry: as a template's action and as a tool of the MCP server. */
export const scaffolderModuleDrydock = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'drydock',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        promoter: promoterServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, promoter, userInfo }) {
        for (const recipe of recipes) {
          registerRecipe(recipe, { actions, promoter, userInfo });
        }
      },
    });
  },
});
