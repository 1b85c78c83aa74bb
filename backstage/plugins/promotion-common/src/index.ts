/**
 * What the frontend and the backend of the promotion plugin share.
 *
 * @packageDocumentation
 */
export * from './availability';
export * from './fleetViews';
export * from './permissions';
export * from './signals';
export * from './target';
export * from './views';
