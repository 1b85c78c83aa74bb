import { type Construct, k8s } from '../cdk8s.ts';
import { customObject } from './custom-object.ts';

/** Namespace of metrics, logs and Grafana. */
export const MONITORING_NAMESPACE = 'monitoring';
/** Where metrics are queried, with Prometheus' API. */
export const METRICS_URL = 'http://vmsingle-victoria-metrics.monitoring.svc:8428';
/** Where logs are queried. */
export const LOGS_URL = 'http://victoria-logs.monitoring.svc:9428';

/** Which pods to scrape. */
export interface ScrapeProps {
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Namespace of the scrape object. @default 'monitoring' */
  readonly scrapeNamespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the container port, or the port itself. */
  readonly port: string;
  /** @default '/metrics' */
  readonly path?: string;
}

/** A VMPodScrape (https://docs.victoriametrics.com/operator/resources/vmpodscrape/). */
export function podScrape(scope: Construct, props: ScrapeProps): void {
  const { name, namespace, scrapeNamespace = MONITORING_NAMESPACE, labels, port, path = '/metrics' } = props;
  customObject(
    scope,
    'operator.victoriametrics.com/v1beta1 VMPodScrape',
    { name, namespace: scrapeNamespace },
    {
      spec: {
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: { ...labels } },
        podMetricsEndpoints: [{ port, path }],
      },
    },
  );
}

/** A datasource that the sidecar of Grafana picks up. */
export interface DatasourceProps {
  readonly name: string;
  /** Type of the Grafana plugin. */
  readonly type: string;
  readonly url: string;
  readonly isDefault?: boolean;
}

/** A ConfigMap with a Grafana datasource (https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources). */
export function grafanaDatasource(scope: Construct, props: DatasourceProps): void {
  const { name, type, url, isDefault = false } = props;
  const text = {
    apiVersion: 1,
    datasources: [{ name, type, url, access: 'proxy', isDefault, editable: false }],
  };
  new k8s.KubeConfigMap(scope, `datasource-${name}`, {
    metadata: {
      name: `grafana-datasource-${name.toLowerCase()}`,
      namespace: MONITORING_NAMESPACE,
      labels: { grafana_datasource: '1' },
    },
    data: { 'datasource.yaml': JSON.stringify(text, undefined, 2) },
  });
}
