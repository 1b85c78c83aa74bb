import { createBackendModule } from '@backstage/backend-plugin-api';

export default createBackendModule({ pluginId: 'scaffolder', moduleId: 'drydock', register(env) {
    env.registerInit({ deps: {}, async init() {} });
  } });
