import type { Probe, Workload } from '@drydock/model';
import { k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import type { ApplicationFacts } from './application-facts.ts';

/** The pods of an application: one container, nothing that the restricted pod security standard forbids. */
export function podTemplate(facts: ApplicationFacts): k8s.PodTemplateSpec {
  return {
    metadata: { labels: applicationLabels(facts) },
    spec: {
      serviceAccountName: facts.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: facts.workload.runAsUser,
        runAsGroup: facts.workload.runAsUser,
        fsGroup: facts.workload.runAsUser,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': facts.name } },
        },
      ],
      containers: [container(facts)],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  };
}

function container({ name, workload }: ApplicationFacts): k8s.Container {
  const { command, args } = workload;
  return {
    name,
    image: workload.image,
    imagePullPolicy: 'IfNotPresent',
    ...(command.length > 0 ? { command: [...command] } : {}),
    ...(args.length > 0 ? { args: [...args] } : {}),
    env: Object.entries(workload.env).map(([name, value]) => ({ name, value })),
    ports: workload.ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })),
    resources: resources(workload),
    ...probes(workload),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

function resources({ resources: { requests, limits } }: Workload): k8s.ResourceRequirements {
  const quantities = (amounts: { readonly cpu?: string | undefined; readonly memory: string }) => ({
    ...(amounts.cpu === undefined ? {} : { cpu: k8s.Quantity.fromString(amounts.cpu) }),
    memory: k8s.Quantity.fromString(amounts.memory),
  });
  return {
    requests: quantities(requests),
    limits: quantities({ ...limits, memory: limits.memory ?? requests.memory }),
  };
}

function probes(
  workload: Workload,
): Pick<k8s.Container, 'readinessProbe' | 'livenessProbe' | 'startupProbe'> {
  const [first] = workload.ports;
  if (first === undefined) return {};
  const { readiness, liveness, startup } = workload.probes;
  return {
    readinessProbe: probe(readiness, first.name),
    livenessProbe: probe(liveness, first.name),
    ...(startup === undefined ? {} : { startupProbe: probe(startup, first.name) }),
  };
}

function probe({ path, port, ...timing }: Probe, firstPort: string): k8s.Probe {
  const target = k8s.IntOrString.fromString(port ?? firstPort);
  return path === undefined
    ? { tcpSocket: { port: target }, ...timing }
    : { httpGet: { path, port: target }, ...timing };
}
