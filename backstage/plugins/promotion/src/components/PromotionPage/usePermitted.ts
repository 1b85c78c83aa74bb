import { usePermission } from '@backstage/plugin-permission-react';
import {
  PromotionAction,
  promotionApprovePermission,
  promotionCreatePermission,
  promotionOverridePermission,
  promotionRollbackPermission,
  stringifyTargetRef,
} from '@drydock/plugin-promotion-common';
import type { Place } from '../../api/PromotionApi';

/** What the permission system allows the user to do with a unit in an environment. */
export function usePermitted(place: Place): Record<PromotionAction, boolean> {
  const resourceRef = stringifyTargetRef(place);
  const promote = usePermission({ permission: promotionCreatePermission, resourceRef });
  const approve = usePermission({ permission: promotionApprovePermission, resourceRef });
  const rollback = usePermission({ permission: promotionRollbackPermission, resourceRef });
  const override = usePermission({ permission: promotionOverridePermission, resourceRef });
  return {
    promote: promote.allowed,
    approve: approve.allowed,
    rollback: rollback.allowed,
    hold: rollback.allowed,
    releaseHold: rollback.allowed,
    override: override.allowed,
  };
}
