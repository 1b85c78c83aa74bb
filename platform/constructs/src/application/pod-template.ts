import type { Application, Probe, Workload } from '@drydock/model';
import { k8s } from '../cdk8s.ts';
import { unitLabels } from '../labels.ts';

/** The pods of an application: one container, nothing that the restricted pod security standard forbids. */
export function podTemplate(application: Application, workload: Workload): k8s.PodTemplateSpec {
  return {
    metadata: { labels: unitLabels(application) },
    spec: {
      serviceAccountName: application.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: workload.runAsUser,
        runAsGroup: workload.runAsUser,
        fsGroup: workload.runAsUser,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': application.name } },
        },
      ],
      containers: [container(application, workload)],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
  };
}

function container(application: Application, workload: Workload): k8s.Container {
  const { command, args } = workload;
  return {
    name: application.name,
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
