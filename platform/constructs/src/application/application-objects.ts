import { type Application, type Cluster, type Workload, workloadIn } from '@drydock/model';
import { Construct, k8s } from '../cdk8s.ts';
import { unitLabels } from '../labels.ts';
import { networkPolicies } from './network-policies.ts';
import { podTemplate } from './pod-template.ts';

/** What an {@link ApplicationObjects} is made for. */
export interface ApplicationObjectsProps {
  readonly application: Application;
  readonly cluster: Cluster;
}

/**
 * Everything an Application runs as: Namespace, ServiceAccount, Deployment, Service, autoscaler, disruption budget and
 * network policies. Passes the restricted pod security standard
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted).
 */
export class ApplicationObjects extends Construct {
  readonly #application: Application;
  readonly #workload: Workload;

  constructor(scope: Construct, id: string, props: ApplicationObjectsProps) {
    super(scope, id);
    this.#application = props.application;
    this.#workload = workloadIn(props.application, props.cluster.environment);
    this.#addNamespace();
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: this.#metadata(),
      automountServiceAccountToken: false,
    });
    this.#addDeployment();
    if (this.#workload.ports.length > 0) this.#addService();
    this.#addScaling();
    networkPolicies(this, { application: props.application, workload: this.#workload });
  }

  #metadata(): k8s.ObjectMeta {
    const { name, namespace } = this.#application;
    return { name, namespace, labels: unitLabels(this.#application) };
  }

  #addNamespace(): void {
    const { namespace, team } = this.#application;
    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: namespace,
        labels: {
          ...unitLabels(this.#application),
          'drydock.dev/team': team,
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
      },
    });
  }

  #addDeployment(): void {
    const { replicas, autoscaling } = this.#workload;
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: this.#metadata(),
      spec: {
        ...(autoscaling === undefined ? { replicas } : {}),
        revisionHistoryLimit: 3,
        selector: { matchLabels: selectorLabels(this.#application) },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxSurge: k8s.IntOrString.fromNumber(1),
            maxUnavailable: k8s.IntOrString.fromNumber(0),
          },
        },
        template: podTemplate(this.#application, this.#workload),
      },
    });
  }

  #addService(): void {
    new k8s.KubeService(this, 'service', {
      metadata: this.#metadata(),
      spec: {
        selector: selectorLabels(this.#application),
        ports: this.#workload.ports.map(({ name, port, protocol, appProtocol }) => ({
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
    const { autoscaling } = this.#workload;
    const selector = { matchLabels: selectorLabels(this.#application) };
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: this.#metadata(),
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector },
    });
    if (autoscaling === undefined) return;
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: this.#metadata(),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: this.#application.name },
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
export function selectorLabels(application: Pick<Application, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/name': application.name };
}
