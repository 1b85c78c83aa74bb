import type { CellView, MatrixView, WhoAmIView } from '@drydock/plugin-promotion-common';
import { waitsForMe } from './waitsForMe';

const cell = (over: Partial<CellView> = {}): CellView => ({
  environment: 'prod',
  placements: [],
  verdict: {
    unit: 'checkout',
    environment: 'prod',
    action: 'wait',
    cause: 'promotion',
    clusters: [],
    gates: [
      { type: 'health', phase: 'passed', reason: '' },
      { type: 'approval', phase: 'pending', reason: '' },
    ],
    reasons: [],
    requestedBy: 'ada',
    approvedBy: [],
  },
  ...over,
});
const matrix = (cells: CellView[]) =>
  ({ rows: [{ unit: 'checkout', kind: 'Application', team: 'payments', cells }] } as unknown as MatrixView);
const user = (name: string, ...grants: WhoAmIView['grants']): WhoAmIView => ({ name, groups: [], grants });

describe('waitsForMe', () => {
  const approver = { role: 'approver' as const, environments: ['prod'] };
  const cases: [string, WhoAmIView, CellView, string[]][] = [
    ['asks an approver of the environment', user('grace', approver), cell(), ['approve']],
    ['does not ask the requester', user('ada', { role: 'admin' }), cell(), []],
    [
      'does not ask an approver of elsewhere',
      user('grace', { ...approver, environments: ['dev'] }),
      cell(),
      [],
    ],
    ['does not ask a viewer', user('vera', { role: 'viewer' }), cell(), []],
    [
      'does not ask while another gate is closed',
      user('grace', approver),
      cell({
        verdict: {
          ...cell().verdict,
          gates: [
            { type: 'soak', phase: 'pending', reason: '' },
            { type: 'approval', phase: 'pending', reason: '' },
          ],
        },
      }),
      [],
    ],
    [
      'shows owners what is not well',
      user('dev', { role: 'deployer', teams: ['payments'] }),
      cell({ health: 'Degraded' }),
      ['look'],
    ],
    [
      'spares other teams',
      user('dev', { role: 'deployer', teams: ['search'] }),
      cell({ health: 'Degraded' }),
      [],
    ],
  ];
  it.each(cases)('%s', (_title, me, given, expected) => {
    expect(waitsForMe(matrix([given]), me).map(({ why }) => why)).toEqual(expected);
  });
});
