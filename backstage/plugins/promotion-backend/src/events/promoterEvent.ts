import { z } from 'zod';

const place = { unit: z.string(), environment: z.string() };
const reasons = z.array(z.object({ code: z.string(), message: z.string() }));

/** The events of the promoter that the portal reacts to. */
export const promoterEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hydrated'), revision: z.string() }),
  z.object({
    type: z.literal('hydration-failed'),
    revision: z.string(),
    message: z.string(),
  }),
  z.object({
    type: z.literal('promoted'),
    ...place,
    promotion: z.string(),
    release: z.string(),
    cause: z.enum(['promotion', 'rollback']),
  }),
  z.object({
    type: z.literal('verdict'),
    ...place,
    action: z.string(),
    reasons,
  }),
  z.object({ type: z.literal('state'), subject: z.string(), by: z.string() }),
]);
export type PromoterEvent = z.infer<typeof promoterEvent>;
