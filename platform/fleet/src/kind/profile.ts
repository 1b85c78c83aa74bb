import { API_VERSION, nameSchema } from '@drydock/model';
import { z } from 'zod';

const port = z.int().min(1).max(65_535);

const portSchema = z.strictObject({
  host: port.describe('Port of this machine.'),
  container: port.describe('Port of the first control-plane node, for example a NodePort.'),
  address: z.ipv4().default('127.0.0.1').describe('Address of this machine to listen on.'),
});

const nodesShape = {
  controlPlanes: z.int().min(1).max(5).describe('Odd, so that etcd can vote.'),
  workers: z
    .int()
    .min(0)
    .max(20)
    .describe('Beside the control plane, which runs workloads where there are none.'),
};

const overrideSchema = z.strictObject({
  controlPlanes: nodesShape.controlPlanes.optional(),
  workers: nodesShape.workers.optional(),
  nodeLabels: z.record(z.string(), z.string()).default({}).describe('Labels on every node.'),
  ports: z.array(portSchema).default([]).describe('Ports of this machine that lead into the cluster.'),
  kubeProxyMode: z
    .enum(['iptables', 'ipvs', 'nftables'])
    .optional()
    .describe('For clusters whose network leaves kube-proxy in place.'),
});

/** How the fleet is laid over this machine: what concerns the machine and not the fleet itself. */
export const kindProfileSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('KindProfile'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: z.strictObject({
    topology: z
      .enum(['hub-and-spoke', 'distributed', 'standalone'])
      .default('hub-and-spoke')
      .describe(
        'hub-and-spoke: Argo CD on the hub delivers to all. distributed: one on each cluster. standalone: one cluster alone.',
      ),
    clusters: z
      .array(nameSchema)
      .min(1)
      .optional()
      .describe('Which clusters to make. Default: all of provider kind.'),
    controlPlanes: nodesShape.controlPlanes.default(1),
    workers: nodesShape.workers.default(1),
    parallel: z.int().min(1).max(16).default(2).describe('How many things are done at once.'),
    nodeImages: z
      .record(z.string().regex(/^v\d+\.\d+\.\d+$/), z.string().min(1))
      .default({})
      .describe('Kubernetes version → node image, best with its digest. Default: kindest/node:<version>.'),
    mirrors: z
      .record(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/), z.url({ protocol: /^https?$/ }))
      .default({})
      .describe('Registry → mirror that is asked first, for example "docker.io: http://mirror.lan:5000".'),
    portal: z
      .boolean()
      .default(true)
      .describe('Whether the portal is started too; its first start takes minutes.'),
    gitPort: port.default(7480).describe('Port on which the clusters find the git server.'),
    needs: z
      .strictObject({
        cpus: z.number().positive(),
        memoryGiB: z.number().positive(),
        diskGiB: z.number().positive(),
      })
      .describe('What the machine must have; estimates, looked at before anything starts.'),
    overrides: z.record(nameSchema, overrideSchema).default({}).describe('What differs, by cluster.'),
  }),
});

/** A checked and fully defaulted profile. */
export type KindProfile = z.infer<typeof kindProfileSchema>['spec'] & { readonly name: string };
export type ClusterOverride = z.infer<typeof overrideSchema>;
export type Topology = KindProfile['topology'];
