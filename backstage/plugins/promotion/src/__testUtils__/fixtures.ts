import type {
  CellView,
  MatrixView,
  ReleaseView,
  UnitView,
  VerdictView,
} from '@drydock/plugin-promotion-common';

/** A release of `checkout`. */
export function release(sequence: number, over: Partial<ReleaseView> = {}): ReleaseView {
  return {
    id: `release-${sequence}`,
    unit: 'checkout',
    revision: `${sequence}bcdef0123456789`,
    name: `${sequence}bcdef01`,
    subject: `Change number ${sequence}`,
    sequence,
    createdAt: '2026-01-01T00:00:00Z',
    requestedBy: 'developer',
    ...over,
  };
}

/** A verdict on `checkout` in `prod` that waits for an approval. */
export function verdict(over: Partial<VerdictView> = {}): VerdictView {
  return {
    unit: 'checkout',
    environment: 'prod',
    action: 'wait',
    cause: 'promotion',
    candidate: release(2),
    clusters: [],
    gates: [
      { type: 'health', phase: 'passed', reason: 'healthy in staging' },
      { type: 'approval', phase: 'pending', reason: '0 of 1 approvals' },
    ],
    reasons: [{ code: 'gate', message: 'approval: 0 of 1 approvals' }],
    requestedBy: 'developer',
    approvedBy: [],
    ...over,
  };
}

/** `checkout` in `prod`, with the first release active. */
export function cell(over: Partial<CellView> = {}): CellView {
  return {
    environment: 'prod',
    release: release(1),
    health: 'Healthy',
    since: '2026-01-01T00:00:00Z',
    placements: [
      {
        cluster: 'prod-eu',
        release: 'release-1',
        revision: '1bcdef0123456789',
        since: '2026-01-01T00:00:00Z',
        cause: 'promotion',
        requestedBy: 'developer',
        approvedBy: ['operator'],
        health: 'Healthy',
        synced: true,
      },
    ],
    verdict: verdict(),
    ...over,
  };
}

/** `checkout` in every environment. */
export function unit(over: Partial<UnitView> = {}): UnitView {
  return {
    unit: 'checkout',
    kind: 'Application',
    team: 'payments',
    cells: [cell()],
    releases: [release(2), release(1)],
    ...over,
  };
}

/** A matrix of one unit and one environment. */
export function matrix(over: Partial<MatrixView> = {}): MatrixView {
  return {
    fleet: 'harbor',
    revision: '2bcdef0123456789',
    asOf: '2026-01-01T00:00:00Z',
    environments: [{ name: 'prod', after: [], clusters: ['prod-eu'] }],
    rows: [unit()],
    total: 1,
    page: 1,
    pageSize: 50,
    ...over,
  };
}
