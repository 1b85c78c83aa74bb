import { z } from 'zod';

/*
 * The answers of the promoter's HTTP API, as far as the portal reads them. The promoter may add fields; what is named
 * here has to be there. A contract test runs these against a real promoter.
 */

/** The immutable result of hydrating one unit at one revision. */
export const releaseView = z.object({
  id: z.string(),
  unit: z.string(),
  revision: z.string(),
  name: z.string(),
  subject: z.string(),
  sequence: z.number(),
  createdAt: z.string(),
  requestedBy: z.string(),
});
export type ReleaseView = z.infer<typeof releaseView>;

/** Health of a unit, in the words of Argo CD. */
export const healthView = z.enum(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']);
export type Health = z.infer<typeof healthView>;

/** A unit on one cluster. */
export const placementView = z.object({
  cluster: z.string(),
  release: z.string(),
  revision: z.string(),
  since: z.string(),
  cause: z.enum(['promotion', 'rollback']),
  requestedBy: z.string(),
  approvedBy: z.array(z.string()),
  health: healthView,
  synced: z.boolean(),
  message: z.string().optional(),
});
export type PlacementView = z.infer<typeof placementView>;

/** One condition for entering an environment. */
export const gateView = z.object({
  type: z.string(),
  phase: z.enum(['pending', 'passed', 'failed']),
  reason: z.string(),
  opensAt: z.string().optional(),
});
export type GateView = z.infer<typeof gateView>;

/** What is to happen with one unit in one environment, and why. */
export const verdictView = z.object({
  unit: z.string(),
  environment: z.string(),
  action: z.enum(['promote', 'wait', 'blocked', 'current', 'none']),
  cause: z.enum(['promotion', 'rollback']),
  candidate: releaseView.optional(),
  clusters: z.array(z.string()),
  gates: z.array(gateView),
  reasons: z.array(z.object({ code: z.string(), message: z.string() })),
  opensAt: z.string().optional(),
  requestedBy: z.string().optional(),
  approvedBy: z.array(z.string()),
});
export type VerdictView = z.infer<typeof verdictView>;

/** One unit in one environment. */
export const cellView = z.object({
  environment: z.string(),
  release: releaseView.optional(),
  health: healthView.optional(),
  since: z.string().optional(),
  placements: z.array(placementView),
  hold: z
    .object({
      by: z.string(),
      at: z.string(),
      reason: z.string(),
      release: z.string().optional(),
    })
    .optional(),
  verdict: verdictView,
});
export type CellView = z.infer<typeof cellView>;

/** One unit in every environment. */
export const rowView = z.object({
  unit: z.string(),
  kind: z.enum(['Addon', 'Application']),
  team: z.string().optional(),
  cells: z.array(cellView),
});
export type RowView = z.infer<typeof rowView>;

/** One unit in every environment, and its releases, the newest first. */
export const unitView = rowView.extend({ releases: z.array(releaseView) });
export type UnitView = z.infer<typeof unitView>;

/** An environment that is closed to promotions. */
export const freezeView = z.object({
  by: z.string(),
  at: z.string(),
  reason: z.string(),
  until: z.string().optional(),
});
export type FreezeView = z.infer<typeof freezeView>;

/** A column of the matrix. */
export const environmentView = z.object({
  name: z.string(),
  after: z.array(z.string()),
  clusters: z.array(z.string()),
  freeze: freezeView.optional(),
});
export type EnvironmentView = z.infer<typeof environmentView>;

/** One page of the matrix of units and environments. */
export const matrixView = z.object({
  fleet: z.string().optional(),
  revision: z.string().optional(),
  asOf: z.string(),
  environments: z.array(environmentView),
  hydration: z
    .object({
      revision: z.string(),
      message: z.string(),
      problems: z.array(z.string()),
    })
    .optional(),
  rows: z.array(rowView),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});
export type MatrixView = z.infer<typeof matrixView>;

/** One move, as the environment branches record it. */
export const historyEntryView = z.object({
  at: z.string(),
  commit: z.string(),
  environment: z.string(),
  promotion: z.string(),
  unit: z.string(),
  release: z.string(),
  revision: z.string(),
  clusters: z.array(z.string()),
  cause: z.enum(['promotion', 'rollback']),
  requestedBy: z.string(),
  approvedBy: z.array(z.string()),
  gates: z.string(),
});
export type HistoryEntryView = z.infer<typeof historyEntryView>;

/** One decision of a person. */
export const auditEntryView = z.object({
  at: z.string(),
  commit: z.string(),
  by: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.string()),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

/** What a promotion would change in the rendered manifests. */
export const diffView = z.object({
  unit: z.string(),
  environment: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  clusters: z.array(z.object({ cluster: z.string(), patch: z.string() })),
});
export type DiffView = z.infer<typeof diffView>;

/** What a decision has led to. */
export const doneView = z.object({
  done: z.string(),
  verdict: verdictView.optional(),
});
export type DoneView = z.infer<typeof doneView>;

/** A role of a user, and what narrows it. */
export const grantView = z.object({
  role: z.enum(['viewer', 'deployer', 'approver', 'admin']),
  teams: z.array(z.string()).optional(),
  environments: z.array(z.string()).optional(),
});
export type GrantView = z.infer<typeof grantView>;

/** The signed-in user, as the promoter sees them. */
export const whoAmIView = z.object({
  name: z.string(),
  groups: z.array(z.string()),
  grants: z.array(grantView),
});
export type WhoAmIView = z.infer<typeof whoAmIView>;

/** Which rows of the matrix are wanted. */
export interface MatrixQuery {
  page?: number;
  pageSize?: number;
  search?: string;
  team?: string;
  kind?: 'Addon' | 'Application';
  action?: VerdictView['action'];
}
