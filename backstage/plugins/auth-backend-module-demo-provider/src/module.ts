import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint, createProxyAuthProviderFactory } from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './demoAuthenticator';
import { isLoopback } from './isLoopback';

/**
 * Adds the provider `demo`. Anybody who reaches the portal can be any of its users, so it refuses to be anywhere but on
 * a loopback address.
 */
export const authModuleDemoProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        if (!config.has('auth.providers.demo')) return;
        const baseUrl = config.getString('backend.baseUrl');
        if (!isLoopback(baseUrl)) {
          throw new Error(
            `auth.providers.demo is for one machine, and backend.baseUrl is ${baseUrl}: remove the provider`,
          );
        }
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: async ({ result: { entityRef } }, context) =>
              context.signInWithCatalogUser({ entityRef }, { dangerousEntityRefFallback: { entityRef } }),
          }),
        });
      },
    });
  },
});
