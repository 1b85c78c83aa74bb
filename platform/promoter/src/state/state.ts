import { z } from 'zod';

const by = { by: z.string(), at: z.iso.datetime() };

/** Somebody's consent to exactly one Release entering one Environment. */
export const approvalSchema = z.object({
  ...by,
  release: z.string(),
  /** Groups the approver was in, so that the approval stays what it was when they leave. */
  groups: z.array(z.string()).default([]),
  comment: z.string().optional(),
});
export type Approval = z.infer<typeof approvalSchema>;

/** Somebody's wish that a Release enters an Environment. */
export const requestSchema = z.object({ ...by, release: z.string() });
export type Request = z.infer<typeof requestSchema>;

/** A Unit pinned in an Environment; with `release`, pinned to that one (a rollback). */
export const holdSchema = z.object({ ...by, reason: z.string(), release: z.string().optional() });
export type Hold = z.infer<typeof holdSchema>;

/** An Environment closed to promotions. */
export const freezeSchema = z.object({ ...by, reason: z.string(), until: z.iso.datetime().optional() });
export type Freeze = z.infer<typeof freezeSchema>;

/** Somebody's consent to exactly one Release passing a freeze and closed windows. */
export const overrideSchema = z.object({ ...by, release: z.string(), reason: z.string() });
export type Override = z.infer<typeof overrideSchema>;

/** What a check outside has said of a Release. */
export const checkReportSchema = z.object({
  ...by,
  name: z.string(),
  release: z.string(),
  phase: z.enum(['passed', 'failed', 'pending']),
  reason: z.string(),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

/** Units whose Releases enter Environments together, in exactly this combination, or not at all. */
export const releaseSetSchema = z.object({
  ...by,
  id: z.string(),
  environments: z.array(z.string()),
  /** Unit → id of its Release. */
  units: z.record(z.string(), z.string()),
});
export type ReleaseSet = z.infer<typeof releaseSetSchema>;

/** Everything people have decided, as it stands in `refs/drydock/state`. Keys of the inner maps are unit names. */
export interface PromotionState {
  /** Environment → unit → approvals of any Release. */
  readonly approvals: ReadonlyMap<string, ReadonlyMap<string, readonly Approval[]>>;
  readonly requests: ReadonlyMap<string, ReadonlyMap<string, Request>>;
  readonly holds: ReadonlyMap<string, ReadonlyMap<string, Hold>>;
  /** By Environment; {@link WHOLE_FLEET} stands for all of them. */
  readonly freezes: ReadonlyMap<string, Freeze>;
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, Override>>;
  readonly checks: ReadonlyMap<string, ReadonlyMap<string, readonly CheckReport[]>>;
  readonly sets: readonly ReleaseSet[];
}

/** In place of an Environment's name, which cannot begin so: the whole fleet. */
export const WHOLE_FLEET = '_fleet';

/** Nothing decided yet. */
export const EMPTY_STATE: PromotionState = {
  approvals: new Map(),
  requests: new Map(),
  holds: new Map(),
  freezes: new Map(),
  overrides: new Map(),
  checks: new Map(),
  sets: [],
};
