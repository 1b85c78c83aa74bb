import { z } from 'zod';

const by = { by: z.string(), at: z.iso.datetime() };

/** Somebody's consent to exactly one Release entering one Environment. */
export const approvalSchema = z.object({ ...by, release: z.string(), comment: z.string().optional() });
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

/** Everything people have decided, as it stands in `refs/drydock/state`. Keys of the inner maps are unit names. */
export interface PromotionState {
  /** Environment → unit → approvals of any Release. */
  readonly approvals: ReadonlyMap<string, ReadonlyMap<string, readonly Approval[]>>;
  readonly requests: ReadonlyMap<string, ReadonlyMap<string, Request>>;
  readonly holds: ReadonlyMap<string, ReadonlyMap<string, Hold>>;
  readonly freezes: ReadonlyMap<string, Freeze>;
}

/** Nothing decided yet. */
export const EMPTY_STATE: PromotionState = {
  approvals: new Map(),
  requests: new Map(),
  holds: new Map(),
  freezes: new Map(),
};
