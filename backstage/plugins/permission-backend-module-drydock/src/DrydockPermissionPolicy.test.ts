import { AuthorizeResult, Permission } from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  GrantView,
  promotionApprovePermission,
  promotionCreatePermission,
  promotionOverridePermission,
  promotionReadPermission,
} from '@drydock/plugin-promotion-common';
import { DrydockPermissionPolicy } from './DrydockPermissionPolicy';

const ada = {
  info: {
    userEntityRef: 'user:default/ada',
    ownershipEntityRefs: ['user:default/ada', 'group:default/payments'],
  },
} as unknown as PolicyQueryUser;

function decide(grants: GrantView[], permission: Permission) {
  const load = jest.fn(async () => grants);
  const policy = new DrydockPermissionPolicy({ load });
  return policy.handle({ permission }, ada);
}

describe('DrydockPermissionPolicy', () => {
  it('denies everything to who has not signed in', async () => {
    const policy = new DrydockPermissionPolicy({ load: async () => [] });
    const decision = await policy.handle({ permission: promotionReadPermission });
    expect(decision.result).toBe(AuthorizeResult.DENY);
  });

  it('lets everybody read', async () => {
    expect((await decide([], promotionReadPermission)).result).toBe(AuthorizeResult.ALLOW);
  });

  it('lets an admin do everything', async () => {
    const decision = await decide([{ role: 'admin' }], promotionOverridePermission);
    expect(decision.result).toBe(AuthorizeResult.ALLOW);
  });

  it('denies what the role does not cover', async () => {
    const decision = await decide([{ role: 'deployer' }], promotionApprovePermission);
    expect(decision.result).toBe(AuthorizeResult.DENY);
  });

  it('narrows a deployer to units of the teams', async () => {
    const decision = await decide([{ role: 'deployer', teams: ['payments'] }], promotionCreatePermission);
    expect(decision).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        anyOf: [
          {
            allOf: [{ rule: 'IS_UNIT' }, { rule: 'IS_OWNED_BY_TEAM', params: { teams: ['payments'] } }],
          },
        ],
      },
    });
  });

  it('narrows an approver to the environments', async () => {
    const decision = await decide([{ role: 'approver', environments: ['prod'] }], promotionApprovePermission);
    expect(JSON.stringify(decision)).toContain('IS_IN_ENVIRONMENT');
  });
});
