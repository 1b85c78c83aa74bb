import {
  type AddonObjects,
  BEFORE_CHART,
  externalSecret,
  grafanaDatasource,
  LOGS_URL,
  podScrape,
} from '@drydock/constructs';

/** The password of Grafana, the logs beside the metrics, and what of the platform is scraped. */
export const objects: AddonObjects = (scope, { addon, cluster }) => {
  const at = (property: string) => ({ key: 'platform/grafana', property });
  const data = { 'admin-user': at('user'), 'admin-password': at('password') };
  externalSecret(scope, {
    name: 'grafana-admin',
    namespace: addon.namespace,
    data,
    annotations: BEFORE_CHART,
  });
  grafanaDatasource(scope, { name: 'VictoriaLogs', type: 'victoriametrics-logs-datasource', url: LOGS_URL });
  for (const { name, namespace, labels, port } of SCRAPED) {
    if (cluster.labels[`addon.drydock.dev/${name}`] !== 'enabled') continue;
    podScrape(scope, { name, namespace, labels, port });
  }
};

const SCRAPED = [
  { name: 'cilium', namespace: 'kube-system', labels: { 'k8s-app': 'cilium' }, port: 'prometheus' },
  {
    name: 'flagger',
    namespace: 'flagger-system',
    labels: { 'app.kubernetes.io/name': 'flagger' },
    port: 'http',
  },
  {
    name: 'kyverno',
    namespace: 'kyverno',
    labels: { 'app.kubernetes.io/part-of': 'kyverno' },
    port: 'metrics-port',
  },
] as const;
