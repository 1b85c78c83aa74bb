import { z } from 'zod';

/** How a Release came to a cluster. */
const causeSchema = z.enum(['promotion', 'rollback']);

const gateSeenSchema = z.object({ type: z.string(), reason: z.string() });

const activeSchema = z.object({
  release: z.string(),
  revision: z.string(),
  sequence: z.int(),
  /** Identifies the move that put it here; a later move of the same Release gets another. */
  promotion: z.string(),
  cause: causeSchema,
  since: z.iso.datetime(),
  requestedBy: z.string(),
  approvedBy: z.array(z.string()),
  gates: z.array(gateSeenSchema),
});

/** A Release that failed here and was put back; it does not enter again. */
const rejectedSchema = z.object({ release: z.string(), reason: z.string(), at: z.iso.datetime() });

/** `.drydock/<unit>.json` on an environment branch: which Release is active on which cluster, since when, by whom. */
export const unitRecordSchema = z.object({
  unit: z.string(),
  kind: z.enum(['Addon', 'Application']),
  team: z.string().optional(),
  clusters: z.record(z.string(), activeSchema),
  /** The Release that moved here last; on its way through the waves it may be active nowhere, as it only removes. */
  latest: z.object({ release: z.string(), sequence: z.int() }).optional(),
  /** Ids of the Releases that were active here before, the latest first, at most {@link PREVIOUS}. */
  previous: z.array(z.string()),
  /** The latest first, at most {@link PREVIOUS}. */
  rejected: z.array(rejectedSchema).default([]),
});

/** What is active on one cluster. */
export type ActiveRelease = z.infer<typeof activeSchema>;
export type UnitRecord = z.infer<typeof unitRecordSchema>;
export type Cause = z.infer<typeof causeSchema>;

/** How many former Releases a record remembers, so that a rollback finds its target without walking history. */
export const PREVIOUS = 10;

/** Path of a Unit's record on an environment branch. */
export function recordPath(unit: string): string {
  return `.drydock/${unit}.json`;
}
