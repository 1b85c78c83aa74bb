import { z } from 'zod';
import { deliverySchema } from './addon.ts';
import { API_VERSION } from './fleet.ts';
import { nameSchema } from './name.ts';
import { overlayOf } from './overlay.ts';
import { selectorSchema } from './selector.ts';
import { workloadSchema } from './workload.ts';

/** `workloads/<team>/<name>/application.yaml`: a workload that a team owns. */
export const applicationSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Application'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: workloadSchema.extend({
    description: z.string().min(1).optional(),
    namespace: nameSchema.optional().describe('Default: the name of the application.'),
    clusters: selectorSchema.optional().describe('Which clusters run it. Default: every spoke.'),
    dependsOn: z
      .array(nameSchema)
      .default([])
      .describe('Units that must be on the same cluster, and ready before.'),
    delivery: deliverySchema,
    overlays: z
      .record(nameSchema, overlayOf(workloadSchema))
      .default({})
      .describe('By environment: what differs there. Mappings merge by key, everything else is replaced.'),
  }),
});
export type ApplicationDocument = z.infer<typeof applicationSchema>;
