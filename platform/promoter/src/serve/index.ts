/** What the promoter needs to stand alone: an entry of its own, since an embedded fleet does without. */
export * from '../forges/forge.ts';
export * from '../forges/forge-sync.ts';
export * from '../lease/leadership.ts';
export * from '../lease/lease.ts';
export * from '../lease/lease-client.ts';
export * from '../metrics/promoter-metrics.ts';
export * from './cluster-config.ts';
export * from './config.ts';
export * from './read-config.ts';
export * from './serve-promoter.ts';
