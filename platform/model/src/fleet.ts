import { z } from 'zod';
import { environmentSchema } from './environment.ts';
import { nameSchema } from './name.ts';

export const API_VERSION = 'drydock.dev/v1alpha1';

/** What a user may do; each role includes the ones before it. The requester of a promotion never approves it. */
export const roleSchema = z.enum(['viewer', 'deployer', 'approver', 'admin']);
export type Role = z.infer<typeof roleSchema>;

const grantSchema = z
  .strictObject({
    user: z.string().min(1).optional().describe('Name of a user, as the token or the OIDC subject says.'),
    group: z.string().min(1).optional().describe('Name of an OIDC group.'),
    role: roleSchema,
    teams: z.array(nameSchema).optional().describe('deployer: the teams whose units. Default: all.'),
    environments: z.array(nameSchema).optional().describe('approver: which environments. Default: all.'),
  })
  .refine(
    (grant) => (grant.user === undefined) !== (grant.group === undefined),
    'expected either "user" or "group"',
  );
export type Grant = z.infer<typeof grantSchema>;

const policiesSchema = z
  .strictObject({
    registries: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]+)?$/,
            'expected a registry such as "ghcr.io" or "ghcr.io/team"',
          ),
      )
      .min(1)
      .default(['cr.l5d.io', 'docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io'])
      .describe('Where images may come from, those of injected sidecars too.'),
    signatures: z
      .array(
        z.strictObject({
          images: z.string().min(1).describe('Which images, with "*", for example "ghcr.io/team/*".'),
          issuer: z.url().describe('OIDC issuer of the signer.'),
          subject: z.string().min(1).describe('Identity of the signer, with "*".'),
        }),
      )
      .default([])
      .describe('Keyless cosign signatures that images must carry.'),
  })
  .describe('What every workload of the fleet must pass, in the cluster and before promotion.');
export type Policies = z.infer<typeof policiesSchema>;

/** `clusters/fleet.yaml`: the name of the fleet, its PromotionStrategy, and who may do what. */
export const fleetSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Fleet'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: z.strictObject({
    repository: z
      .url({ protocol: /^(https?|ssh)$/ })
      .optional()
      .describe(
        'URL under which delivery engines read the environment branches. Default: http://git.drydock.internal/<fleet>.git',
      ),
    environments: z.array(environmentSchema).min(1).describe('The PromotionStrategy.'),
    policies: policiesSchema.prefault({}),
    access: z.array(grantSchema).default([]).describe('Roles of users and groups.'),
  }),
});
export type FleetDocument = z.infer<typeof fleetSchema>;
