import { durationSchema } from '@drydock/model';
import { z } from 'zod';
import { OUTCOMES } from '../notifications/notice.ts';

const file = z.string().min(1).max(1_000);
const secretFile = file.describe('File with the secret; paths are relative to the folder of this file.');
const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/, 'expected a name such as "drydock"');

/** What git may be asked to reach: no transport that runs a command, and no secret in the address. */
const repositoryUrl = z
  .string()
  .max(1_000)
  .refine(isRemoteUrl, 'expected an https, ssh or file URL without a password, or an absolute path');

const repository = z.strictObject({
  url: repositoryUrl,
  username: z.string().min(1).default('drydock').describe('For https; most forges take any with a token.'),
  tokenFile: secretFile.optional(),
});

const hub = z.strictObject({
  kubeconfig: file.optional().describe('Default: the service account of the pod.'),
  context: z.string().min(1).optional().describe('Default: the current one of the kubeconfig.'),
});

const fluxCluster = z.strictObject({
  kubeconfig: secretFile,
  context: z.string().min(1).optional().describe('Default: the current one of the kubeconfig.'),
});

const oidc = z.strictObject({
  issuer: z.url({ protocol: /^https$/ }),
  audience: z.string().min(1),
  userClaim: z.string().min(1).default('sub'),
  groupsClaim: z.string().min(1).default('groups'),
  userPrefix: z.string().default('').describe('Put before the names of users of this issuer.'),
});

const access = z
  .strictObject({
    tokensFile: secretFile.optional().describe('YAML: a list of name, token and groups.'),
    portalKeyFile: secretFile.optional().describe('Key that the portal signs with.'),
    oidc: oidc.optional(),
  })
  .refine(
    (sources) => Object.values(sources).some(Boolean),
    'expected at least one of tokensFile, oidc, portalKeyFile',
  );

const lease = z.strictObject({
  namespace: name.default('drydock'),
  name: name.default('drydock-promoter'),
  labelPod: z
    .boolean()
    .default(false)
    .describe('Label the pod of the replica that acts, so that a Service can select it.'),
});

const FORGE_URLS = { github: 'https://api.github.com', gitlab: 'https://gitlab.com' } as const;

const forge = z
  .strictObject({
    type: z.enum(['github', 'gitlab', 'gitea', 'forgejo']),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('With GitHub that of its API. Default: that of github.com or gitlab.com.'),
    repository: z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/, 'expected a name such as "owner/fleet"'),
    tokenFile: secretFile,
    environments: z
      .array(name)
      .optional()
      .describe('Where approvals happen by pull request. Default: wherever there is an approval gate.'),
    users: z
      .record(z.string(), z.string())
      .default({})
      .describe('Names on the forge → names here, where they differ.'),
  })
  .transform((given, context) => {
    const url = given.url ?? FORGE_URLS[given.type as keyof typeof FORGE_URLS];
    if (url !== undefined) return { ...given, url };
    context.addIssue({ code: 'custom', path: ['url'], message: `expected the address of the ${given.type}` });
    return z.NEVER;
  });

const on = z.array(z.enum(OUTCOMES)).min(1).optional().describe('Which outcomes. Default: all.');

const notification = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('webhook').describe('JSON, signed as Standard Webhooks describes it.'),
    name,
    urlFile: secretFile,
    secretFile,
    on,
  }),
  z.strictObject({
    type: z.literal('slack').describe('A message for an incoming webhook of Slack or what is compatible.'),
    name,
    urlFile: secretFile,
    on,
  }),
]);

const spec = z.strictObject({
  repository,
  dataDir: file.describe('Copy of the repository and revisions laid out; nothing in it is worth keeping.'),
  installation: file.default('.').describe('Folder of package-lock.json and node_modules.'),
  hub: hub.prefault({}),
  fluxClusters: z
    .record(name, fluxCluster)
    .default({})
    .describe(
      'Clusters that Flux delivers to, by name, and how they are reached. The others are those of the hub.',
    ),
  listen: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.int().min(0).max(65_535).default(8080) })
    .prefault({}),
  poll: durationSchema.default('30s').describe('How often it looks when no webhook comes.'),
  access,
  rateLimit: z
    .strictObject({ burst: z.int().min(1).default(300), perMinute: z.int().min(1).default(600) })
    .prefault({})
    .describe('Requests of one user.'),
  webhookSecretFile: secretFile.optional().describe('Default: webhooks are refused.'),
  secretsDir: file
    .optional()
    .describe('Folder of the secrets that gates name. Default: "secrets" in dataDir.'),
  notifications: z
    .array(notification)
    .refine((all) => new Set(all.map((one) => one.name)).size === all.length, 'expected names that differ')
    .default([])
    .describe('Who is told of promotions, rollbacks, failures and what waits for approval.'),
  forge: forge.optional().describe('Where people approve by pull request. Default: only through the API.'),
  lease: lease
    .optional()
    .describe('Where several replicas agree which one acts. Default: this is the only one.'),
});

/** The file of `drydock promoter serve --config`. */
export const promoterConfigSchema = z.strictObject({
  apiVersion: z.literal('drydock.dev/v1alpha1'),
  kind: z.literal('PromoterConfig'),
  spec,
});

/** What a promoter that stands alone is told, with every default filled in. */
export type PromoterConfig = z.infer<typeof spec>;

function isRemoteUrl(text: string): boolean {
  if (text.startsWith('/')) return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined && ['https:', 'http:', 'ssh:', 'file:'].includes(url.protocol) && url.password === ''
  );
}
