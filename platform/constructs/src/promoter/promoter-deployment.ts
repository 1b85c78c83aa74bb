import { createHash } from 'node:crypto';
import { type Construct, k8s } from '../cdk8s.ts';
import { PROMOTER_PORT, type PromoterFacts } from './promoter-facts.ts';

const USER = 10_001;
const CONFIG = '/etc/drydock';
const COMMAND = ['node_modules/.bin/node', 'platform/cli/src/main.ts'];

/** The pods, restricted as the strictest pod security standard asks (kubernetes.io/docs, "Pod Security Standards"). */
export function promoterDeployment(scope: Construct, facts: PromoterFacts): void {
  const { name, namespace, replicas, labels, selector, config } = facts;
  const metadata = { name, namespace, labels };
  const checksum = createHash('sha256').update(config).digest('hex').slice(0, 16);
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata,
    spec: {
      replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels, annotations: { 'drydock.dev/config': checksum } },
        spec: podSpec(facts),
      },
    },
  });
  new k8s.KubePodDisruptionBudget(scope, 'budget', {
    metadata,
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } },
  });
}

function podSpec(facts: PromoterFacts): k8s.PodSpec {
  const { name, selector, secretName } = facts;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
      },
    ],
    containers: [container(facts)],
    volumes: [
      { name: 'config', configMap: { name } },
      { name: 'secrets', secret: { secretName, defaultMode: 0o440 } },
      { name: 'data', emptyDir: { sizeLimit: k8s.Quantity.fromString('8Gi') } },
      { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
    ],
  };
}

function container({ image }: PromoterFacts): k8s.Container {
  const port = k8s.IntOrString.fromString('http');
  return {
    name: 'promoter',
    image,
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/app',
    command: COMMAND,
    args: ['promoter', 'serve', '--config', `${CONFIG}/promoter.yaml`],
    env: [{ name: 'HOME', value: '/tmp' }],
    ports: [{ name: 'http', containerPort: PROMOTER_PORT }],
    resources: {
      requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('256Mi') },
      limits: { memory: k8s.Quantity.fromString('2Gi') },
    },
    startupProbe: { httpGet: { path: '/healthz', port }, periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: { httpGet: { path: '/healthz', port }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/readyz', port }, periodSeconds: 5, timeoutSeconds: 5 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [
      { name: 'config', mountPath: `${CONFIG}/promoter.yaml`, subPath: 'promoter.yaml', readOnly: true },
      { name: 'secrets', mountPath: `${CONFIG}/secrets`, readOnly: true },
      { name: 'data', mountPath: '/var/lib/drydock' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
