import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openRepository, RemoteMirror } from '@drydock/git';
import { durationMilliseconds } from '@drydock/model';
import type { KubeConfig } from '@kubernetes/client-node';
import { anyAuthenticator } from '../access/any-authenticator.ts';
import { assertionAuthenticator } from '../access/assertion-authenticator.ts';
import { type Authenticator, tokenAuthenticator } from '../access/authenticator.ts';
import { oidcAuthenticator } from '../access/oidc-authenticator.ts';
import { startApiServer } from '../api/api-server.ts';
import { ArgocdDelivery } from '../delivery/argocd-delivery.ts';
import { CombinedDelivery } from '../delivery/combined-delivery.ts';
import type { DeliveryEngine } from '../delivery/delivery-engine.ts';
import { FluxDelivery } from '../delivery/flux-delivery.ts';
import { ChildHydrator } from '../hydrate/child-hydrator.ts';
import { labelPod } from '../lease/label-pod.ts';
import { Leadership } from '../lease/leadership.ts';
import { KubernetesLease } from '../lease/lease-client.ts';
import { PromoterMetrics } from '../metrics/promoter-metrics.ts';
import { type Logger, systemClock } from '../ports.ts';
import { folderSecrets } from '../probes/folder-secrets.ts';
import { createProbe } from '../probes/probes.ts';
import { Promoter } from '../promoter.ts';
import { RateLimiter } from '../rate/rate-limiter.ts';
import { clusterConfig } from './cluster-config.ts';
import { openForgeSync } from './open-forge-sync.ts';
import { openNotifier } from './open-notifier.ts';
import { type PromoterConfigFile, readSecret, readTokens } from './read-config.ts';

/** A promoter that stands alone. */
export interface ServingPromoter {
  /** Address of its HTTP API. */
  readonly url: string;
  /** Whether this replica is the one that acts. */
  acts(): boolean;
  close(): Promise<void>;
}

/**
 * Starts a promoter against a repository elsewhere and a real hub.
 *
 * @throws InputError for what is wrong with the config or the files it names
 * @throws RemoteUnavailableError when the repository cannot be reached
 */
export async function servePromoter(file: PromoterConfigFile, logger: Logger): Promise<ServingPromoter> {
  const { config, path } = file;
  const hub = clusterConfig({
    kubeconfig: config.hub.kubeconfig && path(config.hub.kubeconfig),
    context: config.hub.context,
  });
  const authenticator = await authenticatorOf(file);
  const { mirror, repository } = await openCopy(file);
  const watching: { promoter?: Promoter } = {};
  const leadership = leadershipOf(file, hub, { logger, acquired: () => watching.promoter?.notify() });
  const mayAct = () => leadership?.holds() ?? true;
  const metrics = new PromoterMetrics(mayAct);
  const forge = openForgeSync(file, { repository, promoter: () => watching.promoter, mayAct, logger });
  const notifier = openNotifier(file, { repository, mayAct, logger });
  const promoter = new Promoter({
    repository,
    hydrator: new ChildHydrator({
      repository,
      folder: join(path(config.dataDir), 'hydration'),
      installation: path(config.installation),
    }),
    delivery: deliveryOf(file, hub, logger),
    probe: createProbe({
      repository,
      clock: systemClock,
      secretOf: folderSecrets(path(config.secretsDir ?? join(config.dataDir, 'secrets'))),
    }),
    logger,
    poll: durationMilliseconds(config.poll),
    sync: mirror,
    mayAct,
    observers: [metrics, notifier, ...(forge ? [forge] : [])],
    requesterOf: forge && ((revision) => forge.requesterOf(revision)),
  });
  watching.promoter = promoter;
  metrics.follow(promoter.events);
  const { burst, perMinute } = config.rateLimit;
  const server = await startApiServer({
    promoter,
    repository,
    authenticator,
    webhookSecret: config.webhookSecretFile && (await readSecret(path(config.webhookSecretFile))),
    limiter: new RateLimiter({ capacity: burst, perSecond: perMinute / 60 }, systemClock),
    metrics,
    mayAct,
    ...config.listen,
    logger,
  });
  await leadership?.start();
  await promoter.start();
  return {
    url: server.url,
    acts: mayAct,
    async close() {
      await server.close();
      await promoter.close();
      await Promise.all([forge?.close(), notifier.close()]);
      await leadership?.close();
      await repository.close();
    },
  };
}

/** Argo CD on the hub, and Flux on the clusters that have it. */
function deliveryOf({ config, path }: PromoterConfigFile, hub: KubeConfig, logger: Logger): DeliveryEngine {
  const clusters = new Map(
    Object.entries(config.fluxClusters).map(([name, { kubeconfig, context }]) => [
      name,
      clusterConfig({ kubeconfig: path(kubeconfig), context }),
    ]),
  );
  const argocd = new ArgocdDelivery({ hub, logger });
  return clusters.size === 0
    ? argocd
    : new CombinedDelivery([argocd, new FluxDelivery({ clusters, logger })]);
}

async function openCopy({ config, path }: PromoterConfigFile) {
  const { url, username, tokenFile } = config.repository;
  const mirror = await RemoteMirror.open({
    url,
    gitDir: join(path(config.dataDir), 'repository.git'),
    ...(tokenFile !== undefined && {
      credential: async () => ({ username, token: await readSecret(path(tokenFile)) }),
    }),
  });
  await mirror.pull();
  return { mirror, repository: await openRepository(mirror.gitDir, { refs: mirror }) };
}

async function authenticatorOf({ config, path }: PromoterConfigFile): Promise<Authenticator> {
  const { tokensFile, portalKeyFile, oidc } = config.access;
  const authenticators = [
    tokensFile && tokenAuthenticator(await readTokens(path(tokensFile))),
    portalKeyFile && assertionAuthenticator(await readSecret(path(portalKeyFile))),
    oidc && oidcAuthenticator(oidc),
  ];
  return anyAuthenticator(authenticators.filter((authenticator) => typeof authenticator === 'object'));
}

/** A name that no other replica has, also not this one after a restart. */
function leadershipOf(
  { config }: PromoterConfigFile,
  hub: KubeConfig,
  { logger, acquired }: { readonly logger: Logger; readonly acquired: () => void },
): Leadership | undefined {
  const { lease } = config;
  if (lease === undefined) return undefined;
  const identity = `${hostname()}_${randomBytes(6).toString('hex')}`;
  const changed = async (acts: boolean) => {
    if (acts) acquired();
    if (lease.labelPod) await labelPod(hub, { namespace: lease.namespace, name: hostname() }, acts);
  };
  return new Leadership({ client: new KubernetesLease(hub, lease), identity, changed, logger });
}
