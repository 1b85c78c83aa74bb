import type { JsonObject, Rollout } from '@drydock/model';
import type { Construct } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { customObject } from '../platform/custom-object.ts';
import { FLAGGER_NAMESPACE } from '../platform/flagger-metrics.ts';
import type { ApplicationFacts } from './application-facts.ts';
import { exposedPort, gatewayReference } from './route.ts';

type Steered = Exclude<Rollout, { readonly strategy: 'rolling' }>;

/**
 * The Flagger Canary of an application (https://docs.flagger.app/usage/deployment-strategies). Flagger makes the
 * Services `<name>`, `<name>-primary` and `<name>-canary` from it, and the HTTPRoute.
 */
export function applicationCanary(scope: Construct, facts: ApplicationFacts): void {
  const { name, namespace, workload } = facts;
  const { rollout } = workload;
  if (rollout.strategy === 'rolling') return;
  customObject(
    scope,
    'flagger.app/v1beta1 Canary',
    { name, namespace, labels: applicationLabels(facts) },
    {
      spec: {
        provider: rollout.strategy === 'blueGreen' ? 'kubernetes' : 'gatewayapi:v1',
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name },
        progressDeadlineSeconds: 300,
        service: service(facts, rollout),
        analysis: {
          interval: rollout.interval,
          threshold: rollout.threshold,
          ...progress(rollout),
          metrics: metrics(rollout),
          webhooks: webhooks(facts),
        },
      },
    },
  );
}

function service(facts: ApplicationFacts, rollout: Steered): JsonObject {
  const { expose, ports } = facts.workload;
  const port = exposedPort(facts);
  const portName = ports.find((candidate) => candidate.port === port)?.name ?? 'http';
  const plain = { port, targetPort: port, portName, portDiscovery: true };
  if (expose === undefined || rollout.strategy === 'blueGreen') return plain;
  return {
    ...plain,
    hosts: [expose.host],
    gatewayRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', ...gatewayReference(expose.tls) }],
    match: [{ uri: { prefix: expose.path } }],
  };
}

function progress(rollout: Steered): JsonObject {
  switch (rollout.strategy) {
    case 'canary':
      return { stepWeight: rollout.stepPercent, maxWeight: rollout.maxPercent };
    case 'blueGreen':
      return { iterations: rollout.checks };
    case 'abTest':
      return {
        iterations: rollout.checks,
        match: [{ headers: { [rollout.header.name]: { exact: rollout.header.value } } }],
      };
  }
}

function metrics({ interval, maxErrorPercent, maxLatencyMilliseconds }: Steered): readonly JsonObject[] {
  const template = (name: string) => ({ name, namespace: FLAGGER_NAMESPACE });
  return [
    {
      name: 'error-rate',
      templateRef: template('error-rate'),
      thresholdRange: { max: maxErrorPercent },
      interval,
    },
    {
      name: 'latency',
      templateRef: template('latency'),
      thresholdRange: { max: maxLatencyMilliseconds },
      interval,
    },
  ];
}

function webhooks(facts: ApplicationFacts): readonly JsonObject[] {
  const { name, namespace } = facts;
  const target = `http://${name}-canary.${namespace}:${exposedPort(facts)}/`;
  return [
    {
      name: 'load-test',
      type: 'rollout',
      url: `http://flagger-loadtester.${FLAGGER_NAMESPACE}/`,
      timeout: '15s',
      metadata: { type: 'cmd', cmd: `hey -z 1m -q 10 -c 2 ${target}`, logCmdOutput: 'true' },
    },
  ];
}
