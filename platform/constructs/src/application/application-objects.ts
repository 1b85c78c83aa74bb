import { Construct, k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import type { ApplicationFacts } from './application-facts.ts';
import { networkPolicies } from './network-policies.ts';
import { podTemplate } from './pod-template.ts';

/**
 * Everything an Application runs as: Namespace, ServiceAccount, Deployment, Service, autoscaler, disruption budget and
 * network policies. Passes the restricted pod security standard
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted).
 */
export class ApplicationObjects extends Construct {
  readonly #facts: ApplicationFacts;

  constructor(scope: Construct, id: string, facts: ApplicationFacts) {
    super(scope, id);
    this.#facts = facts;
    this.#addNamespace();
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: this.#metadata(),
      automountServiceAccountToken: false,
    });
    this.#addDeployment();
    if (this.#facts.workload.ports.length > 0) this.#addService();
    this.#addScaling();
    networkPolicies(this, facts);
  }

  #metadata(): k8s.ObjectMeta {
    const { name, namespace } = this.#facts;
    return { name, namespace, labels: applicationLabels(this.#facts) };
  }

  #addNamespace(): void {
    const { namespace, team } = this.#facts;
    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: namespace,
        labels: {
          ...applicationLabels(this.#facts),
          'drydock.dev/team': team,
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
      },
    });
  }

  #addDeployment(): void {
    const { replicas, autoscaling } = this.#facts.workload;
    new k8s.KubeDeployment(this, 'deployment', {
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
    });
  }

  #addService(): void {
    new k8s.KubeService(this, 'service', {
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
    });
  }

  #addScaling(): void {
    const { autoscaling } = this.#facts.workload;
    const selector = { matchLabels: selectorLabels(this.#facts) };
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: this.#metadata(),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector },
    });
    if (autoscaling === undefined) return;
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: this.#metadata(),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: this.#facts.name },
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
    });
  }
}

/** The labels by which an application's pods are selected; they never change. */
export function selectorLabels(application: Pick<ApplicationFacts, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/name': application.name };
}
