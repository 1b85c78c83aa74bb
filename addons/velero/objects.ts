import { type AddonObjects, BEFORE_CHART, customObject, externalSecret } from '@drydock/constructs';

/** Credentials of the backup store, and a backup of every application each night. */
export const objects: AddonObjects = (scope, { addon: { namespace } }) => {
  const cloud = { key: 'platform/velero', property: 'cloud' };
  externalSecret(scope, {
    name: 'velero-credentials',
    namespace,
    data: { cloud },
    annotations: BEFORE_CHART,
  });
  const selector = { matchLabels: { 'app.kubernetes.io/managed-by': 'drydock' } };
  customObject(
    scope,
    'velero.io/v1 Schedule',
    { name: 'nightly', namespace },
    {
      spec: {
        schedule: '0 2 * * *',
        template: { labelSelector: selector, ttl: '720h0m0s', snapshotVolumes: true },
      },
    },
  );
};
