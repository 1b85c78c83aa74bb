import { z } from 'zod';
import { parseCidr } from './cidr.ts';
import { durationSchema } from './duration.ts';
import { nameSchema } from './name.ts';

/** `[registry/]name:tag`, `…@sha256:…` or both (https://github.com/distribution/reference). */
const IMAGE = /^[a-z0-9][a-z0-9.:_/-]*?(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/;
/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^\d+(\.\d+)?(m|[kMGTPE]i?|Ki)?$/;

/** A DNS name, with variables and a leading wildcard allowed. */
const HOST = /^(\*\.)?([a-z0-9-]|\$\{\{ ?[\w.]+ ?\}\})+(\.([a-z0-9-]|\$\{\{ ?[\w.]+ ?\}\})+)*$/;

const imageSchema = z
  .string()
  .regex(IMAGE, 'expected an image such as "ghcr.io/team/app:1.2.3"')
  .refine((image) => /[:@][^/]+$/.test(image), 'expected an image with a tag or a digest');
const quantitySchema = z.string().regex(QUANTITY, 'expected a quantity such as "100m" or "128Mi"');
const portNumberSchema = z.int().min(1).max(65_535);

const portSchema = z.strictObject({
  name: nameSchema.max(15).describe('Name of the port, at most 15 characters.'),
  port: portNumberSchema.describe('Where the container listens; the Service has the same port.'),
  protocol: z.enum(['TCP', 'UDP']).default('TCP'),
  appProtocol: z.string().min(1).optional().describe('For example "http" or "kubernetes.io/h2c".'),
});
export type Port = z.infer<typeof portSchema>;

const resourcesSchema = z
  .strictObject({
    requests: z
      .strictObject({ cpu: quantitySchema.default('50m'), memory: quantitySchema.default('128Mi') })
      .prefault({}),
    limits: z
      .strictObject({
        cpu: quantitySchema.optional(),
        memory: quantitySchema.optional().describe('Default: as much as is requested.'),
      })
      .prefault({}),
  })
  .prefault({});

const probeSchema = z.strictObject({
  path: z.string().startsWith('/').optional().describe('HTTP path. Default: a TCP connection is enough.'),
  port: nameSchema.optional().describe('Name of a port. Default: the first.'),
  initialDelaySeconds: z.int().min(0).default(0),
  periodSeconds: z.int().min(1).default(10),
  failureThreshold: z.int().min(1).default(3),
});
export type Probe = z.infer<typeof probeSchema>;

const secretSchema = z.strictObject({
  key: z.string().min(1).describe('Path of the secret in the store, for example "payments/checkout".'),
  property: z.string().min(1).describe('Property of the secret.'),
});

const exposeSchema = z.strictObject({
  host: z
    .string()
    .regex(HOST, 'expected a host name')
    .describe(`May contain $\{{ environment.name }} and $\{{ cluster.name }}.`),
  path: z.string().startsWith('/').default('/').describe('Path prefix.'),
  port: nameSchema.optional().describe('Name of a port. Default: the first.'),
  tls: z.boolean().default(true).describe('Only HTTPS, and HTTP redirects to it.'),
});

const analysisShape = {
  interval: durationSchema.default('1m').describe('Between two checks.'),
  threshold: z.int().min(1).default(5).describe('After how many failed checks it is taken back.'),
  maxErrorPercent: z.number().min(0).max(100).default(1),
  maxLatencyMilliseconds: z.int().min(1).default(500).describe('99th percentile.'),
};

/** How a new version takes over. All but `rolling` are steered by Flagger (https://docs.flagger.app/usage/deployment-strategies). */
export const rolloutSchema = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('rolling') }),
  z.strictObject({
    strategy: z.literal('canary'),
    ...analysisShape,
    stepPercent: z.int().min(1).max(100).default(10),
    maxPercent: z.int().min(1).max(100).default(50),
  }),
  z.strictObject({ strategy: z.literal('blueGreen'), ...analysisShape, checks: z.int().min(1).default(10) }),
  z.strictObject({
    strategy: z.literal('abTest'),
    ...analysisShape,
    checks: z.int().min(1).default(10),
    header: z
      .strictObject({ name: z.string().min(1), value: z.string().min(1) })
      .describe('Who sees the new version.'),
  }),
]);
export type Rollout = z.infer<typeof rolloutSchema>;

const destinationSchema = z.union([
  z.strictObject({ application: nameSchema.describe('Another application of the fleet.') }),
  z.strictObject({
    cidr: z
      .string()
      .refine((text) => parseCidr(text) !== undefined, 'expected an IPv4 CIDR such as "10.10.0.0/16"'),
    ports: z.array(portNumberSchema).min(1),
  }),
  z.strictObject({
    host: z
      .string()
      .regex(HOST, 'expected a host name')
      .describe('Outside of the cluster, by name; needs layer-7-policies.'),
    ports: z.array(portNumberSchema).min(1),
  }),
]);

const networkSchema = z.strictObject({
  from: z
    .array(nameSchema)
    .default([])
    .describe('Applications that may call it. Its own namespace always may.'),
  to: z
    .array(destinationSchema)
    .default([])
    .describe('Where it may go. DNS always, everything else only if named.'),
  http: z
    .array(z.strictObject({ method: z.string().regex(/^[A-Z]+$/), path: z.string().startsWith('/') }))
    .default([])
    .describe(
      'The only requests that callers may make; paths are regular expressions. Needs mesh or layer-7-policies.',
    ),
});

const databaseSchema = z.strictObject({
  instances: z.int().min(1).max(9).default(1),
  size: quantitySchema.default('1Gi'),
  migrations: z
    .record(
      z.string().regex(/^\d+_[\w-]+\.sql$/, 'expected a file name such as "20260101_init.sql"'),
      z.string(),
    )
    .optional()
    .describe('SQL files that Atlas applies in order.'),
});

const jobSchema = z.strictObject({
  schedule: z
    .string()
    .regex(/^(\S+\s+){4}\S+$/, 'expected five cron fields')
    .optional()
    .describe('Default: once a release.'),
  image: imageSchema.optional().describe('Default: the image of the application.'),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
});

/** What an Application runs: the part of its spec that an environment may override. */
export const workloadSchema = z.strictObject({
  image: imageSchema.describe('By tag or by digest; a floating tag such as "latest" is refused by policy.'),
  command: z.array(z.string()).default([]).describe("Default: the image's entrypoint."),
  args: z.array(z.string()).default([]),
  port: portNumberSchema.optional().describe('Short for one port named "http".'),
  ports: z.array(portSchema).default([]),
  env: z
    .record(z.string().regex(/^[A-Za-z_][\w.-]*$/), z.string())
    .default({})
    .describe('Plain variables.'),
  replicas: z.int().min(0).max(1000).default(1),
  autoscaling: z
    .strictObject({
      min: z.int().min(1).default(2),
      max: z.int().min(1),
      cpuPercent: z.int().min(1).max(1000).default(80).describe('Average use of the requested CPU.'),
    })
    .optional()
    .describe('Replaces `replicas` by a HorizontalPodAutoscaler.'),
  resources: resourcesSchema.describe('CPU and memory of one replica.'),
  probes: z
    .strictObject({
      readiness: probeSchema.prefault({}),
      liveness: probeSchema.prefault({}),
      startup: probeSchema.optional(),
    })
    .prefault({}),
  config: z
    .record(z.string().regex(/^[\w.-]+$/), z.string())
    .default({})
    .describe('Files below /etc/config: name and content.'),
  secrets: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/), secretSchema)
    .default({})
    .describe('Variables whose values come from the secret store.'),
  expose: exposeSchema.optional().describe('A route from the shared Gateway.'),
  mesh: z.boolean().default(false).describe('Mutual TLS with the identity of its ServiceAccount.'),
  rollout: rolloutSchema.prefault({ strategy: 'rolling' }),
  network: networkSchema.prefault({}),
  metrics: z
    .strictObject({ port: nameSchema.optional(), path: z.string().startsWith('/').default('/metrics') })
    .optional()
    .describe('Where it exposes Prometheus metrics; scraped where metrics are collected.'),
  exportTo: z
    .literal('fleet')
    .optional()
    .describe('Reachable from the other clusters as <name>.<namespace>.svc.clusterset.local.'),
  database: databaseSchema.optional().describe('A PostgreSQL cluster of its own; DATABASE_URL leads to it.'),
  jobs: z.record(nameSchema.max(20), jobSchema).default({}),
  runAsUser: z.int().min(1).default(65_532).describe('Numeric user of the container; never root.'),
});
export type WorkloadDocument = z.infer<typeof workloadSchema>;
