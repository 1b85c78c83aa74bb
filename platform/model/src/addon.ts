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
  release: nameSchema.optional().describe('Name of the Helm release. Default: the name of the addon.'),
});
export type ChartSpec = z.infer<typeof chartSchema>;

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
    chart: chartSchema.optional().describe('The Helm chart that installs it.'),
  }),
});
export type AddonDocument = z.infer<typeof addonSchema>;
