import { z } from 'zod';
import { API_VERSION } from './fleet.ts';
import { nameSchema } from './name.ts';

/** `workloads/<team>/team.yaml`: who owns the applications in this folder. */
export const teamSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Team'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: z.strictObject({
    displayName: z.string().min(1).optional(),
    contact: z.string().min(1).optional().describe('Where to reach the team, for example a chat channel.'),
  }),
});
export type TeamDocument = z.infer<typeof teamSchema>;
