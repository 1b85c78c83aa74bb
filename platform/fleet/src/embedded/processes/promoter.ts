import { openRepository } from '@drydock/git';
import {
  ArgocdDelivery,
  anyAuthenticator,
  assertionAuthenticator,
  ChildHydrator,
  CombinedDelivery,
  createProbe,
  FluxDelivery,
  folderSecrets,
  Promoter,
  startApiServer,
  systemClock,
  tokenAuthenticator,
} from '@drydock/promoter';
import { PromoterMetrics } from '@drydock/promoter/metrics';
import { clusterKubeConfig } from '../cluster-kube-config.ts';
import { fluxClustersOf, hubOf } from '../hub.ts';
import { userTokens } from '../user-tokens.ts';
import { runPart } from './run-part.ts';

/** The promoter and its HTTP API. */
runPart(async ({ config, paths, fleet, root }, logger) => {
  const repository = await openRepository(paths.repository);
  const hydrator = new ChildHydrator({ repository, folder: paths.hydration, installation: root });
  const hub = await clusterKubeConfig(paths, hubOf(fleet).name);
  const fluxConfigs = await Promise.all(
    fluxClustersOf(fleet).map(async ({ name }) => [name, await clusterKubeConfig(paths, name)] as const),
  );
  const metrics = new PromoterMetrics(() => true);
  const promoter = new Promoter({
    observers: [metrics],
    repository,
    hydrator,
    delivery: new CombinedDelivery([
      new ArgocdDelivery({ hub, logger }),
      new FluxDelivery({ clusters: new Map(fluxConfigs), logger }),
    ]),
    probe: createProbe({ repository, clock: systemClock, secretOf: folderSecrets(paths.secrets) }),
    logger,
  });
  metrics.follow(promoter.events);
  const server = await startApiServer({
    metrics,
    promoter,
    repository,
    authenticator: anyAuthenticator([
      tokenAuthenticator(userTokens(config)),
      assertionAuthenticator(config.portalKey),
    ]),
    webhookSecret: config.webhookSecret,
    port: config.ports.promoter,
    logger,
  });
  await promoter.start();
  logger.info('promoter is ready', { url: server.url });
  return {
    async close() {
      await server.close();
      await promoter.close();
      await repository.close();
    },
  };
});
