import { z } from 'zod';

/** The shapes of what the HTTP API answers. Times are ISO 8601. */

export const releaseView = z.object({
  id: z.string(),
  unit: z.string(),
  revision: z.string(),
  name: z.string().describe('The revision, shortened.'),
  subject: z.string(),
  sequence: z.int(),
  createdAt: z.string(),
  requestedBy: z.string(),
});
export type ReleaseView = z.infer<typeof releaseView>;

export const healthView = z.enum(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']);

export const placementView = z.object({
  cluster: z.string(),
  release: z.string(),
  revision: z.string(),
  since: z.string(),
  cause: z.enum(['promotion', 'rollback']),
  requestedBy: z.string(),
  approvedBy: z.array(z.string()),
  health: healthView,
  synced: z.boolean().describe('Whether health was observed at exactly this release.'),
  message: z.string().optional(),
});
export type PlacementView = z.infer<typeof placementView>;

export const gateView = z.object({
  type: z.string(),
  phase: z.enum(['pending', 'passed', 'failed']),
  reason: z.string(),
  opensAt: z.string().optional(),
});

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

export const cellView = z.object({
  environment: z.string(),
  release: releaseView.optional().describe('The newest active release here.'),
  health: healthView.optional().describe('The worst of the clusters.'),
  since: z.string().optional(),
  placements: z.array(placementView),
  hold: z
    .object({ by: z.string(), at: z.string(), reason: z.string(), release: z.string().optional() })
    .optional(),
  verdict: verdictView,
});
export type CellView = z.infer<typeof cellView>;

export const rowView = z.object({
  unit: z.string(),
  kind: z.enum(['Addon', 'Application']),
  team: z.string().optional(),
  cells: z.array(cellView),
});
export type RowView = z.infer<typeof rowView>;

export const freezeView = z.object({
  by: z.string(),
  at: z.string(),
  reason: z.string(),
  until: z.string().optional(),
});

export const matrixView = z.object({
  fleet: z.string().optional(),
  revision: z.string().optional(),
  asOf: z.string(),
  environments: z.array(
    z.object({
      name: z.string(),
      after: z.array(z.string()),
      clusters: z.array(z.string()),
      freeze: freezeView.optional(),
    }),
  ),
  hydration: z
    .object({ revision: z.string(), message: z.string(), problems: z.array(z.string()) })
    .optional()
    .describe('Why the newest revision is not hydrated.'),
  rows: z.array(rowView),
  total: z.int(),
  page: z.int(),
  pageSize: z.int(),
});
export type MatrixView = z.infer<typeof matrixView>;

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

export const auditEntryView = z.object({
  at: z.string(),
  commit: z.string(),
  by: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.string()),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

export const diffView = z.object({
  unit: z.string(),
  environment: z.string(),
  from: z.string().optional().describe('Revision that is active.'),
  to: z.string().optional().describe('Revision that is next.'),
  clusters: z.array(
    z.object({
      cluster: z.string(),
      patch: z.string().describe('Unified diff; empty when nothing changes.'),
    }),
  ),
});
export type DiffView = z.infer<typeof diffView>;
