import { z } from 'zod';
import { durationSchema } from './duration.ts';
import { nameSchema } from './name.ts';

const health = z.strictObject({
  type: z.literal('health').describe('The Release is healthy in the environments before this one.'),
});

const soak = z.strictObject({
  type: z.literal('soak').describe('The Release was healthy without a break for a while.'),
  for: durationSchema.describe('How long, for example "15m".'),
});

const approval = z.strictObject({
  type: z.literal('approval').describe('People have approved exactly this Release for this environment.'),
  count: z.int().min(1).max(10).default(1).describe('How many different people; the requester never counts.'),
  expires: durationSchema.optional().describe('After how long an approval no longer counts.'),
});

/** One condition for entering an Environment, as written in `clusters/fleet.yaml`. */
export const gateSchema = z.discriminatedUnion('type', [health, soak, approval]);
export type Gate = z.infer<typeof gateSchema>;

/** One Environment of the PromotionStrategy. */
export const environmentSchema = z.strictObject({
  name: nameSchema,
  after: z
    .array(nameSchema)
    .default([])
    .describe('The environments a Release must have passed before this one.'),
  gates: z.array(gateSchema).default([]).describe('All of them must have passed before a Release enters.'),
  waves: z
    .array(z.array(nameSchema).min(1))
    .default([])
    .describe('Ordered groups of clusters. A cluster that is in none belongs to a last wave of its own.'),
});
export type Environment = z.infer<typeof environmentSchema>;
