import { createPermission } from '@backstage/plugin-permission-common';

/** The resource type of all permissions of this plugin: a {@link PromotionTarget}. */
export const RESOURCE_TYPE_PROMOTION_TARGET = 'promotion-target';

/** To see what is where, and why something waits. */
export const promotionReadPermission = createPermission({
  name: 'promotion.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_PROMOTION_TARGET,
});

/** To ask for a promotion. */
export const promotionCreatePermission = createPermission({
  name: 'promotion.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_PROMOTION_TARGET,
});

/** To consent to a promotion that somebody else has asked for. */
export const promotionApprovePermission = createPermission({
  name: 'promotion.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION_TARGET,
});

/** To freeze an environment, and to let a release pass a freeze. */
export const promotionOverridePermission = createPermission({
  name: 'promotion.override',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION_TARGET,
});

/** To put an older release back, and to pin a unit to what it has. */
export const promotionRollbackPermission = createPermission({
  name: 'promotion.rollback',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION_TARGET,
});

/** Every permission of this plugin. */
export const promotionPermissions = [
  promotionReadPermission,
  promotionCreatePermission,
  promotionApprovePermission,
  promotionOverridePermission,
  promotionRollbackPermission,
];
