import type { Served } from './resource-request.ts';

/** @returns a few gauges in the text format of Prometheus. */
export function metricsText({ api, hub }: Served): string {
  const objects = [...api.store.counts()].map(
    ([resource, count]) => `apiserver_storage_objects{resource="${resource}"} ${count}`,
  );
  return [
    '# HELP apiserver_storage_objects Number of stored objects by resource.',
    '# TYPE apiserver_storage_objects gauge',
    ...objects,
    '# HELP apiserver_longrunning_requests Open watches.',
    '# TYPE apiserver_longrunning_requests gauge',
    `apiserver_longrunning_requests{verb="WATCH"} ${hub.size}`,
    '# HELP drydock_store_revision Revision of the last write.',
    '# TYPE drydock_store_revision counter',
    `drydock_store_revision ${api.store.revision}`,
    '',
  ].join('\n');
}
