import { coreServices, createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import { AssertionSigner } from './AssertionSigner';
import { PromoterClient } from './PromoterClient';

/**
 * The promoter, for any backend plugin or module. Configured by `drydock.promoter.url` and `drydock.promoter.keyFile`.
 */
export const promoterServiceRef = createServiceRef<PromoterClient>({
  id: 'drydock.promoter',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory({ config }) {
        const promoter = config.getConfig('drydock.promoter');
        return new PromoterClient({
          baseUrl: promoter.getString('url').replace(/\/$/, ''),
          signer: AssertionSigner.fromFile(promoter.getString('keyFile')),
        });
      },
    }),
});
