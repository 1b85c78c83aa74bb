/** What those need who only check or make credentials: a small entry, since the whole promoter takes long to load. */

export type { Logger } from '../ports.ts';
export { signWebhook } from '../webhooks/github.ts';
export { type Authenticator, tokenAuthenticator, type UserToken } from './authenticator.ts';
export { pathProblems } from './check-paths.ts';
export type { Identity } from './identity.ts';
