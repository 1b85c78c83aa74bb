import { z } from 'zod';
import { API_VERSION } from './fleet.ts';
import { nameSchema } from './name.ts';

const CIDR4 = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;
const cidrSchema = z.string().regex(CIDR4, 'expected an IPv4 CIDR such as "10.10.0.0/16"');

/** `clusters/<name>/cluster.yaml`: one Kubernetes cluster. */
export const clusterSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Cluster'),
  metadata: z.strictObject({
    name: nameSchema,
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.strictObject({
    environment: nameSchema.describe('The Environment this cluster belongs to.'),
    role: z.enum(['hub', 'spoke']).default('spoke'),
    engine: z.enum(['argocd', 'flux']).default('argocd').describe('The delivery engine of this cluster.'),
    kubernetesVersion: z
      .string()
      .regex(/^v\d+\.\d+\.\d+$/, 'expected a version such as "v1.34.0"')
      .default('v1.34.0'),
    network: z
      .strictObject({ podSubnet: cidrSchema, serviceSubnet: cidrSchema })
      .describe('Must not overlap with those of any other cluster, so that clusters can be joined.'),
  }),
});
export type ClusterDocument = z.infer<typeof clusterSchema>;
