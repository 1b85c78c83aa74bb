import type { FleetView, UnitView } from '@drydock/plugin-promotion-common';
import { Notifier } from './Notifier';

const fleet = {
  units: [{ name: 'checkout', team: 'payments' }],
  access: [
    { user: 'operator', role: 'admin' },
    { user: 'ada', role: 'approver', environments: ['prod'] },
    { user: 'bob', role: 'approver', environments: ['staging'] },
    { user: 'developer', role: 'approver' },
    { group: 'sre', role: 'approver' },
    { user: 'vera', role: 'viewer' },
  ],
} as unknown as FleetView;
const unit = {
  cells: [{ environment: 'prod', verdict: { requestedBy: 'developer' } }],
} as unknown as UnitView;

function start() {
  const send = jest.fn(async () => undefined);
  const promoter = { fleet: async () => fleet, unit: async () => unit };
  return { send, notifier: new Notifier({ promoter, notifications: { send } }) };
}

const waits = (messages: string[]) => ({
  type: 'verdict' as const,
  unit: 'checkout',
  environment: 'prod',
  action: 'wait',
  reasons: messages.map(message => ({ code: 'gate', message })),
});

describe('Notifier', () => {
  it('tells those who may approve, but not the one who asked, once for a unit and environment', async () => {
    const { send, notifier } = start();
    await notifier.handle(waits(['approval: 0 of 1 approvals']));
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['user:default/operator', 'user:default/ada', 'group:default/sre'],
      },
      payload: expect.objectContaining({
        title: 'checkout waits for an approval in prod',
        link: '/promotions/units/checkout/prod',
        scope: 'promotion:prod/checkout',
      }),
    });
  });

  it('stays silent while something else is waited for too', async () => {
    const { send, notifier } = start();
    await notifier.handle(waits(['soak: healthy for less than 3s', 'approval: 0 of 1 approvals']));
    expect(send).not.toHaveBeenCalled();
  });

  it('tells the owner of a rollback', async () => {
    const { send, notifier } = start();
    await notifier.handle({
      type: 'promoted',
      unit: 'checkout',
      environment: 'prod',
      promotion: 'p',
      release: 'r',
      cause: 'rollback',
    });
    expect(send).toHaveBeenCalledWith(
      expect.objectContaining({ recipients: { type: 'entity', entityRef: ['group:default/payments'] } }),
    );
  });
});
