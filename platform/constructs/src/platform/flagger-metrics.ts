import { Construct } from '../cdk8s.ts';
import { customObject } from './custom-object.ts';
import { METRICS_URL } from './observability.ts';

/** Where the metric templates and the alert provider of all canaries are. */
export const FLAGGER_NAMESPACE = 'flagger-system';

const ERROR_RATE = `100 - sum(
  rate(http_requests_total{namespace="{{ namespace }}", pod=~"{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)", status!~"5.*"}[{{ interval }}])
) / sum(
  rate(http_requests_total{namespace="{{ namespace }}", pod=~"{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)"}[{{ interval }}])
) * 100`;
const LATENCY = `histogram_quantile(0.99, sum(
  rate(http_request_duration_seconds_bucket{namespace="{{ namespace }}", pod=~"{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)"}[{{ interval }}])
) by (le)) * 1000`;

/**
 * Metric templates for canaries (https://docs.flagger.app/usage/metrics#custom-metrics): error rate in percent and the
 * 99th percentile of latency in milliseconds, from the metrics that applications expose.
 */
export class FlaggerMetrics extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const provider = { type: 'prometheus', address: METRICS_URL };
    for (const [name, query] of [
      ['error-rate', ERROR_RATE],
      ['latency', LATENCY],
    ] as const) {
      const metadata = { name, namespace: FLAGGER_NAMESPACE };
      customObject(this, 'flagger.app/v1beta1 MetricTemplate', metadata, { spec: { provider, query } });
    }
  }
}

/** An alert provider whose address is in a Secret (https://docs.flagger.app/usage/alerting). */
export class FlaggerAlerts extends Construct {
  constructor(scope: Construct, id: string, props: { readonly secretName: string }) {
    super(scope, id);
    customObject(
      this,
      'flagger.app/v1beta1 AlertProvider',
      { name: 'releases', namespace: FLAGGER_NAMESPACE },
      {
        spec: {
          type: 'slack',
          channel: 'releases',
          username: 'flagger',
          secretRef: { name: props.secretName },
        },
      },
    );
  }
}
