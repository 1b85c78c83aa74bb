/** What those need who only check or make credentials: a small entry, since the whole promoter takes long to load. */
export { signWebhook } from '../api/webhook.ts';
export type { Logger } from '../ports.ts';
export { type Authenticator, tokenAuthenticator, type UserToken } from './authenticator.ts';
export { pathProblems } from './check-paths.ts';
export type { Identity } from './identity.ts';
