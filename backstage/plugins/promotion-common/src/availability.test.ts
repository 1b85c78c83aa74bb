import { availabilityOf, AvailabilityInput, PromotionAction } from './availability';
import type { CellView, ReleaseView } from './views';

const release = (sequence: number): ReleaseView => ({
  id: `r${sequence}`,
  unit: 'checkout',
  revision: `abc${sequence}`,
  name: `abc${sequence}`,
  subject: 'Raise the limit',
  sequence,
  createdAt: '2026-01-01T00:00:00Z',
  requestedBy: 'ada',
});

const waiting: CellView = {
  environment: 'prod',
  release: release(1),
  placements: [],
  verdict: {
    unit: 'checkout',
    environment: 'prod',
    action: 'wait',
    cause: 'promotion',
    candidate: release(2),
    clusters: [],
    gates: [{ type: 'approval', phase: 'pending', reason: '0 of 1 approvals' }],
    reasons: [{ code: 'gate', message: 'approval: 0 of 1 approvals' }],
    requestedBy: 'ada',
    approvedBy: [],
  },
};
const everything: Record<PromotionAction, boolean> = {
  promote: true,
  approve: true,
  rollback: true,
  hold: true,
  releaseHold: true,
  override: true,
};
const input = (over: Partial<AvailabilityInput> = {}): AvailabilityInput => ({
  cell: waiting,
  releases: [release(2), release(1)],
  user: 'grace',
  permitted: everything,
  ...over,
});

describe('availabilityOf', () => {
  const hold = { by: 'bob', at: '2026-01-01T00:00:00Z', reason: 'incident' };
  const cases: [string, PromotionAction, AvailabilityInput, string | true][] = [
    ['lets a second person approve', 'approve', input(), true],
    ['does not let the requester approve', 'approve', input({ user: 'ada' }), 'somebody else'],
    [
      'does not let anybody approve where nothing waits',
      'approve',
      input({ cell: { ...waiting, verdict: { ...waiting.verdict, gates: [] } } }),
      'Nothing waits',
    ],
    [
      'names the role that is missing',
      'approve',
      input({ permitted: { ...everything, approve: false } }),
      'role approver in prod',
    ],
    ['lets a deployer ask for what waits', 'promote', input(), true],
    ['does not ask twice', 'promote', input({ user: 'ada' }), 'You have asked'],
    ['refuses to promote what is held', 'promote', input({ cell: { ...waiting, hold } }), 'Held by bob'],
    [
      'refuses to promote into a frozen environment',
      'promote',
      input({
        cell: {
          ...waiting,
          verdict: {
            ...waiting.verdict,
            action: 'blocked',
            reasons: [{ code: 'freeze', message: 'frozen by bob: sale' }],
          },
        },
      }),
      'frozen by bob: sale',
    ],
    [
      'cannot roll back to before the first release',
      'rollback',
      input({ releases: [release(2), release(1)] }),
      'No older release',
    ],
    [
      'rolls back where there is an older release',
      'rollback',
      input({ cell: { ...waiting, release: release(2) } }),
      true,
    ],
    ['holds what is there', 'hold', input(), true],
    ['does not hold twice', 'hold', input({ cell: { ...waiting, hold } }), 'Held by bob already'],
    ['overrides nothing but a freeze or a window', 'override', input(), 'Neither a freeze'],
    ['releases only what is held', 'releaseHold', input(), 'not held'],
  ];

  it.each(cases)('%s', (_title, action, given, expected) => {
    const reason = expect.stringContaining(String(expected));
    expect(availabilityOf(action, given)).toEqual(
      expected === true ? { available: true } : { available: false, reason },
    );
  });
});
