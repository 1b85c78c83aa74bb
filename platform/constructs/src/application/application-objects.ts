import { Construct, k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { podScrape } from '../platform/observability.ts';
import { externalSecret } from '../platform/secret-store.ts';
import { serviceExport } from '../platform/submariner.ts';
import { type ApplicationFacts, scalingOf } from './application-facts.ts';
import { applicationCanary } from './canary.ts';
import { applicationDatabase } from './database.ts';
import { applicationJobs } from './jobs.ts';
import { meshAuthorization } from './mesh.ts';
import { networkPolicies } from './network-policies.ts';
import { plainObject } from './plain-object.ts';
import { configName, podTemplate, secretName } from './pod-template.ts';
import { applicationRoute } from './route.ts';

/**
 * Everything an Application runs as. Always: Namespace, ServiceAccount, Deployment, disruption budget and network
 * policies, within the restricted pod security standard
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted). The rest where it asks for it.
 */
export class ApplicationObjects extends Construct {
  readonly #facts: ApplicationFacts;

  constructor(scope: Construct, id: string, facts: ApplicationFacts) {
    super(scope, id);
    this.#facts = facts;
    this.#addNamespace();
    plainObject(
      this,
      'service-account',
      k8s.KubeServiceAccount.manifest({
        metadata: this.#metadata(),
        automountServiceAccountToken: false,
      }),
    );
    this.#addDeployment();
    this.#addConfiguration();
    this.#addTraffic();
    this.#addScaling();
    networkPolicies(this, facts);
    applicationDatabase(this, facts);
    applicationJobs(this, facts);
    if (facts.metrics) this.#addScrape();
  }

  #metadata(name = this.#facts.name): k8s.ObjectMeta {
    return { name, namespace: this.#facts.namespace, labels: applicationLabels(this.#facts) };
  }

  #addNamespace(): void {
    const { namespace, team, workload } = this.#facts;
    plainObject(
      this,
      'namespace',
      k8s.KubeNamespace.manifest({
        metadata: {
          name: namespace,
          ...(workload.mesh ? { annotations: MESH_ANNOTATIONS } : {}),
          labels: {
            ...applicationLabels(this.#facts),
            'drydock.dev/team': team,
            'pod-security.kubernetes.io/enforce': 'restricted',
            'pod-security.kubernetes.io/warn': 'restricted',
          },
        },
      }),
    );
  }

  #addDeployment(): void {
    const { replicas } = this.#facts.workload;
    const autoscaling = scalingOf(this.#facts.workload);
    plainObject(
      this,
      'deployment',
      k8s.KubeDeployment.manifest({
        metadata: this.#metadata(),
        spec: {
          ...(autoscaling === undefined ? { replicas } : {}),
          revisionHistoryLimit: 3,
          selector: { matchLabels: selectorLabels(this.#facts) },
          strategy: {
            type: 'RollingUpdate',
            rollingUpdate: {
              maxSurge: k8s.IntOrString.fromNumber(1),
              maxUnavailable: k8s.IntOrString.fromNumber(0),
            },
          },
          template: podTemplate(this.#facts),
        },
      }),
    );
  }

  #addConfiguration(): void {
    const { config, secrets } = this.#facts.workload;
    if (Object.keys(config).length > 0) {
      const metadata = this.#metadata(configName(this.#facts));
      plainObject(this, 'config', k8s.KubeConfigMap.manifest({ metadata, data: { ...config } }));
    }
    if (Object.keys(secrets).length === 0) return;
    const { namespace } = this.#facts;
    const labels = applicationLabels(this.#facts);
    externalSecret(this, { name: secretName(this.#facts), namespace, labels, data: secrets });
  }

  /** Flagger makes Services and routes of its own from a Canary; without one they are made here. */
  #addTraffic(): void {
    const { workload, name, namespace } = this.#facts;
    if (workload.ports.length === 0) return;
    if (workload.rollout.strategy === 'rolling') {
      this.#addService();
      applicationRoute(this, this.#facts);
    } else {
      applicationCanary(this, this.#facts);
    }
    if (workload.mesh) meshAuthorization(this, this.#facts);
    if (workload.exportTo !== undefined) {
      serviceExport(this, { name, namespace, labels: applicationLabels(this.#facts) });
    }
  }

  #addService(): void {
    plainObject(
      this,
      'service',
      k8s.KubeService.manifest({
        metadata: this.#metadata(),
        spec: {
          selector: selectorLabels(this.#facts),
          ports: this.#facts.workload.ports.map(({ name, port, protocol, appProtocol }) => ({
            name,
            port,
            protocol,
            targetPort: k8s.IntOrString.fromString(name),
            ...(appProtocol === undefined ? {} : { appProtocol }),
          })),
        },
      }),
    );
  }

  #addScaling(): void {
    const { rollout } = this.#facts.workload;
    const autoscaling = scalingOf(this.#facts.workload);
    const { name } = this.#facts;
    const values = rollout.strategy === 'rolling' ? [name] : [name, `${name}-primary`];
    plainObject(
      this,
      'disruption-budget',
      k8s.KubePodDisruptionBudget.manifest({
        metadata: this.#metadata(),
        spec: {
          maxUnavailable: k8s.IntOrString.fromNumber(1),
          selector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values }] },
        },
      }),
    );
    if (autoscaling === undefined) return;
    plainObject(
      this,
      'autoscaler',
      k8s.KubeHorizontalPodAutoscalerV2.manifest({
        metadata: this.#metadata(),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: autoscaling.min,
          maxReplicas: autoscaling.max,
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: autoscaling.cpuPercent },
              },
            },
          ],
        },
      }),
    );
  }

  #addScrape(): void {
    const { namespace, workload } = this.#facts;
    const [first] = workload.ports;
    podScrape(this, {
      name: this.#facts.name,
      scrapeNamespace: namespace,
      namespace,
      labels: { 'app.kubernetes.io/part-of': this.#facts.team },
      port: workload.metrics?.port ?? first?.name ?? 'http',
      path: workload.metrics?.path ?? '/metrics',
    });
  }
}

/** Injects the proxy of Linkerd, with the resources that the policies of the fleet ask of every container. */
const MESH_ANNOTATIONS = {
  'config.linkerd.io/proxy-cpu-request': '20m',
  'config.linkerd.io/proxy-memory-limit': '128Mi',
  'config.linkerd.io/proxy-memory-request': '32Mi',
  'linkerd.io/inject': 'enabled',
};

/** The labels by which an application's pods are selected; they never change. */
export function selectorLabels(application: Pick<ApplicationFacts, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/name': application.name };
}
