import { type AddonObjects, externalSecret, FlaggerAlerts, FlaggerMetrics } from '@drydock/constructs';

/** The metrics that canaries are judged by, and where their results are told. */
export const objects: AddonObjects = (scope, { addon }) => {
  new FlaggerMetrics(scope, 'metrics');
  const address = { key: 'platform/flagger', property: 'slack-url' };
  externalSecret(scope, { name: 'flagger-alerts', namespace: addon.namespace, data: { address } });
  new FlaggerAlerts(scope, 'alerts', { secretName: 'flagger-alerts' });
};
