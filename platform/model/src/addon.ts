import { z } from 'zod';
import { API_VERSION } from './fleet.ts';
import { nameSchema } from './name.ts';
import { selectorSchema } from './selector.ts';

/** The prefix of the cluster labels that switch addons on: `addon.drydock.dev/<addon>: enabled`. */
export const ADDON_LABEL_PREFIX = 'addon.drydock.dev/';

/** Semantic Versioning 2.0.0 (https://semver.org), with the leading `v` that some charts carry. */
const VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const REPOSITORY = /^(https|oci):\/\/[a-z0-9.-]+(:\d+)?(\/[\w.~/-]*)?$/i;

const chartSchema = z.strictObject({
  repository: z
    .string()
    .regex(REPOSITORY, 'expected a repository that starts with "https://" or "oci://"')
    .describe(
      'Where the chart lies: https:// of a chart repository, or oci:// of the folder that holds the chart.',
    ),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'expected the name of a chart'),
  version: z
    .string()
    .regex(VERSION, 'expected one exact version such as "1.20.0"')
    .describe('Exactly one version, the same for every environment: it moves by promotion.'),
  valuesIn: z
    .enum(['application', 'file'])
    .default('application')
    .describe(
      'Where Argo CD reads the values: in the Application, or in a file beside it on the environment branch.',
    ),
  skipCrds: z
    .boolean()
    .default(false)
    .describe('Leave out the crds/ folder of the chart, where another addon owns them.'),
  release: nameSchema.optional().describe('Name of the Helm release. Default: the name of the addon.'),
});
export type ChartSpec = z.infer<typeof chartSchema>;

const gitSchema = z.strictObject({
  repository: z.url({ protocol: /^https$/ }).describe('A public git repository.'),
  revision: z.string().regex(VERSION, 'expected a tag that is one exact version').describe('A tag.'),
  path: z.string().min(1).describe('The folder with the manifests or the kustomization.'),
});
export type GitSpec = z.infer<typeof gitSchema>;

/** What an addon makes possible on a cluster; features of applications ask for it. */
export const capabilitySchema = z.enum([
  'autoscaling-metrics',
  'certificates',
  'databases',
  'fleet-services',
  'gateway',
  'layer-7-policies',
  'mesh',
  'metrics',
  'migrations',
  'policies',
  'progressive-delivery',
  'secrets',
]);
export type Capability = z.infer<typeof capabilitySchema>;

const crdsSchema = z.strictObject({
  installedBy: z
    .enum(['templates', 'crds-folder', 'operator', 'git'])
    .describe(
      'Who installs and upgrades them: the templates of the chart, its crds/ folder (which Helm alone never upgrades), the running operator, or the git source.',
    ),
  names: z.array(z.string().regex(/^[a-z0-9]+(\.[a-z0-9-]+)+$/, 'expected "<plural>.<group>"')).min(1),
});

const ignoredDifferenceSchema = z.strictObject({
  group: z.string().default(''),
  kind: z.string().min(1),
  name: z.string().optional().describe('Default: every object of the kind.'),
  pointers: z
    .array(z.string().startsWith('/'))
    .min(1)
    .describe('JSON pointers (RFC 6901) of fields that others set.'),
});
export type IgnoredDifference = z.infer<typeof ignoredDifferenceSchema>;

/** How Argo CD gets the Applications of a unit. Flux has Kustomizations in either case. */
export const deliverySchema = z
  .enum(['application', 'applicationset'])
  .default('application')
  .describe('With Argo CD: an Application per cluster, or one ApplicationSet that makes them.');

/** `addons/<name>/addon.yaml`: a component that the platform team owns. */
export const addonSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Addon'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: z.strictObject({
    description: z.string().min(1).describe('What it is for, in one sentence.'),
    category: nameSchema.default('platform').describe('Where it is listed, for example "networking".'),
    namespace: nameSchema.describe('Where it is installed.'),
    clusters: selectorSchema
      .optional()
      .describe('Which clusters get it. Default: those labelled `addon.drydock.dev/<name>: enabled`.'),
    dependsOn: z
      .array(nameSchema)
      .default([])
      .describe('Units that must be on the same cluster, and ready before.'),
    engine: z.enum(['argocd', 'flux']).optional().describe("The delivery engine. Default: the cluster's."),
    delivery: deliverySchema,
    chart: chartSchema.optional().describe('The Helm chart that installs it.'),
    git: gitSchema.optional().describe('Manifests of a git repository that install it, instead of a chart.'),
    crds: crdsSchema.optional().describe('The CustomResourceDefinitions that it owns.'),
    provides: z
      .array(capabilitySchema)
      .default([])
      .describe('What applications may use where it is installed.'),
    ignoreDifferences: z
      .array(ignoredDifferenceSchema)
      .default([])
      .describe('Fields that something else sets on the cluster, so that they are no drift.'),
  }),
});
export type AddonDocument = z.infer<typeof addonSchema>;
