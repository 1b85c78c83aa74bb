import { z } from 'zod';
import { durationSchema } from './duration.ts';
import { gateSchema } from './gate.ts';
import { nameSchema } from './name.ts';

const shareSchema = z
  .union([
    z.int().min(1),
    z.string().regex(/^([1-9]\d?|100)%$/, 'expected a number of clusters or a percentage'),
  ])
  .describe('A number of clusters, or a percentage of those of the wave, rounded up.');

/** One Environment of the PromotionStrategy. */
export const environmentSchema = z.strictObject({
  name: nameSchema,
  after: z
    .array(nameSchema)
    .default([])
    .describe('The environments a Release must have passed before this one.'),
  promotion: z
    .enum(['auto', 'manual'])
    .default('auto')
    .describe('"manual": a Release enters only when somebody asked for it.'),
  mode: z
    .enum(['latest', 'queue'])
    .default('latest')
    .describe(
      '"queue": a Release stays until it has moved on, has failed, or "maxStay" is over; none is passed over.',
    ),
  maxStay: durationSchema
    .optional()
    .describe('With mode "queue": how long one Release may keep the next one waiting.'),
  gates: z.array(gateSchema).default([]).describe('All of them must have passed before a Release enters.'),
  waves: z
    .array(z.array(nameSchema).min(1))
    .default([])
    .describe('Ordered groups of clusters. A cluster that is in none belongs to a last wave of its own.'),
  maxUnavailable: shareSchema
    .optional()
    .describe('How many clusters of a wave may be on their way to a Release at once. Default: all.'),
  failureBudget: z
    .int()
    .min(0)
    .default(0)
    .describe('How many clusters may be degraded without keeping a Release from the next clusters.'),
  onFailure: z
    .enum(['stop', 'rollback'])
    .default('stop')
    .describe('What happens when a Release is degraded here: wait for people, or put the former one back.'),
});
export type Environment = z.infer<typeof environmentSchema>;
