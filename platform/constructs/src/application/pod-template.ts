import { createHash } from 'node:crypto';
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
      securityContext: podSecurity(facts),
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': facts.name } },
        },
      ],
      containers: [container(facts)],
      volumes: volumes(facts),
    },
  };
}

function container(facts: ApplicationFacts): k8s.Container {
  const { name, workload } = facts;
  const { command, args } = workload;
  return {
    name,
    image: workload.image,
    imagePullPolicy: 'IfNotPresent',
    ...(command.length > 0 ? { command: [...command] } : {}),
    ...(args.length > 0 ? { args: [...args] } : {}),
    env: environment(facts),
    ports: workload.ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })),
    resources: resources(workload),
    ...probes(workload),
    securityContext: containerSecurity(),
    volumeMounts: volumeMounts(facts),
  };
}

/** Variables: written ones, those from the secret store, and the address of the database. */
export function environment(facts: ApplicationFacts): k8s.EnvVar[] {
  const { env, secrets, database } = facts.workload;
  const reference = (name: string, secret: string, key: string): k8s.EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  });
  return [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.keys(secrets).map((name) => reference(name, secretName(facts), name)),
    ...(database === undefined ? [] : [reference('DATABASE_URL', `${databaseName(facts)}-app`, 'uri')]),
  ];
}

/** What the restricted standard asks of a container, and a read-only file system on top. */
export function containerSecurity(): k8s.SecurityContext {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
}

/** What the restricted standard asks of a pod. */
export function podSecurity({ workload: { runAsUser } }: ApplicationFacts): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser,
    runAsGroup: runAsUser,
    fsGroup: runAsUser,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Scratch space, and the configuration files where there are some. */
export function volumes(facts: ApplicationFacts): k8s.Volume[] {
  const scratch = { name: 'tmp', emptyDir: {} };
  return hasConfig(facts) ? [{ name: 'config', configMap: { name: configName(facts) } }, scratch] : [scratch];
}

/** Where {@link volumes} are in a container. */
export function volumeMounts(facts: ApplicationFacts): k8s.VolumeMount[] {
  const scratch = { name: 'tmp', mountPath: '/tmp' };
  return hasConfig(facts)
    ? [{ name: 'config', mountPath: '/etc/config', readOnly: true }, scratch]
    : [scratch];
}

function hasConfig({ workload }: ApplicationFacts): boolean {
  return Object.keys(workload.config).length > 0;
}

/** Name of the ConfigMap; it changes with the content, so that a change of configuration is a rollout. */
export function configName({ name, workload }: ApplicationFacts): string {
  const digest = createHash('sha256').update(JSON.stringify(workload.config)).digest('hex');
  return `${name}-config-${digest.slice(0, 8)}`;
}

/** Name of the Secret that the secret store fills. */
export function secretName({ name }: Pick<ApplicationFacts, 'name'>): string {
  return `${name}-secrets`;
}

/** Name of the PostgreSQL cluster. */
export function databaseName({ name }: Pick<ApplicationFacts, 'name'>): string {
  return `${name}-db`;
}

/** Requests and limits of a container. */
export function resources({ resources: { requests, limits } }: Workload): k8s.ResourceRequirements {
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
