import { z } from 'zod';
import { parseCidr } from './cidr.ts';
import { API_VERSION } from './fleet.ts';
import { nameSchema } from './name.ts';

const cidrSchema = z
  .string()
  .refine((text) => parseCidr(text) !== undefined, 'expected an IPv4 CIDR such as "10.10.0.0/16"');

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
    id: z.int().min(1).max(255).describe("Unique in the fleet; for example Cilium's cluster id."),
    role: z.enum(['hub', 'spoke']).default('spoke'),
    engine: z.enum(['argocd', 'flux']).default('argocd').describe('The delivery engine of this cluster.'),
    provider: nameSchema
      .default('kind')
      .describe(
        'What the cluster runs on; picks the values files of addons (`values.provider.<provider>.yaml`).',
      ),
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
