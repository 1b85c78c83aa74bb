export { anyAuthenticator } from './access/any-authenticator.ts';
export {
  ASSERTION_AUDIENCE,
  ASSERTION_ISSUER,
  assertionAuthenticator,
} from './access/assertion-authenticator.ts';
export { type Authenticator, tokenAuthenticator, type UserToken } from './access/authenticator.ts';
export { pathProblems } from './access/check-paths.ts';
export type { Identity } from './access/identity.ts';
export { type ApiServer, type ApiServerOptions, startApiServer } from './api/api-server.ts';
export { decide } from './decide/decide.ts';
export { ArgocdDelivery } from './delivery/argocd-delivery.ts';
export { CombinedDelivery } from './delivery/combined-delivery.ts';
export type { DeliveryEngine, Placed } from './delivery/delivery-engine.ts';
export { FluxDelivery } from './delivery/flux-delivery.ts';
export { gitFileSource } from './git-file-source.ts';
export { ChildHydrator } from './hydrate/child-hydrator.ts';
export { HydrationError, type Hydrator } from './hydrate/hydrator.ts';
export { type Clock, type Logger, silentLogger, systemClock } from './ports.ts';
export { folderSecrets } from './probes/folder-secrets.ts';
export { createProbe } from './probes/probes.ts';
export { Promoter } from './promoter.ts';
export type { PromoterEvent } from './promoter-event.ts';
export * from './views/view-schemas.ts';
export { signWebhook } from './webhooks/github.ts';
