import { z } from 'zod';
import { nameSchema } from './name.ts';

/** `[registry/]name:tag`, `…@sha256:…` or both (https://github.com/distribution/reference). */
const IMAGE = /^[a-z0-9][a-z0-9.:_/-]*?(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/;
/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^\d+(\.\d+)?(m|[kMGTPE]i?|Ki)?$/;

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
  runAsUser: z.int().min(1).default(65_532).describe('Numeric user of the container; never root.'),
});
export type WorkloadDocument = z.infer<typeof workloadSchema>;
