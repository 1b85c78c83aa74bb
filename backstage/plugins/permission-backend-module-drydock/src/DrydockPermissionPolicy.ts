import {
  AuthorizeResult,
  isResourcePermission,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy, PolicyQuery, PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  GrantView,
  promotionReadPermission,
  RESOURCE_TYPE_PROMOTION_TARGET,
} from '@drydock/plugin-promotion-common';
import {
  createPromotionConditionalDecision,
  promotionConditions,
  toPromoterUser,
} from '@drydock/plugin-promotion-node';
import type { GrantLoader } from './GrantLoader';

type Criteria = PermissionCriteria<PermissionCondition<typeof RESOURCE_TYPE_PROMOTION_TARGET>>;

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** The role that a permission needs; an admin has them all. */
const ROLE: Readonly<Record<string, GrantView['role']>> = {
  'promotion.create': 'deployer',
  'promotion.rollback': 'deployer',
  'promotion.override': 'admin',
  'promotion.approve': 'approver',
};

/** Needs a role: what shows or edits the parts of Backstage that change things. */
const NEEDS_DEPLOYER = new Set(['scaffolder.task.create', 'scaffolder.action.execute']);
const NEEDS_ADMIN = new Set(['catalog.entity.delete', 'catalog.location.create', 'catalog.location.delete']);

/**
 * Decides by the access list of the fleet, so that the portal shows what the promoter will enforce. Reading is free to
 * everybody who has signed in.
 */
export class DrydockPermissionPolicy implements PermissionPolicy {
  readonly #grants: Pick<GrantLoader, 'load'>;

  constructor(grants: Pick<GrantLoader, 'load'>) {
    this.#grants = grants;
  }

  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    if (user === undefined) return DENY;
    const { name } = permission;
    if (name === promotionReadPermission.name) return ALLOW;
    if (!isRestricted(name)) return ALLOW;
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const grants = await this.#grants.load(toPromoterUser(userEntityRef, ownershipEntityRefs));
    if (grants.some(({ role }) => role === 'admin')) return ALLOW;
    if (NEEDS_ADMIN.has(name)) return DENY;
    if (NEEDS_DEPLOYER.has(name)) {
      return grants.some(({ role }) => role === 'deployer') ? ALLOW : DENY;
    }
    if (!isResourcePermission(permission, RESOURCE_TYPE_PROMOTION_TARGET)) return DENY;
    const criteria = grants.filter(({ role }) => role === ROLE[name]).map(criteriaOf);
    const [first, ...rest] = criteria;
    if (first === undefined) return DENY;
    return createPromotionConditionalDecision(permission, {
      anyOf: [first, ...rest],
    });
  }
}

function isRestricted(name: string): boolean {
  return name in ROLE || NEEDS_DEPLOYER.has(name) || NEEDS_ADMIN.has(name);
}

/** A deployer or approver decides on units, never on a whole environment. */
function criteriaOf({ teams, environments }: GrantView): Criteria {
  return {
    allOf: [
      promotionConditions.isUnit(),
      ...(teams ? [promotionConditions.isOwnedByTeam({ teams })] : []),
      ...(environments ? [promotionConditions.isInEnvironment({ environments })] : []),
    ],
  };
}
