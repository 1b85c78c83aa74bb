import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  promotionApprovePermission,
  promotionCreatePermission,
  promotionOverridePermission,
  promotionRollbackPermission,
} from '@drydock/plugin-promotion-common';
import type { Router } from 'express';
import { callerOf, RouterOptions } from '../caller';

interface Decision {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly permission: ResourcePermission;
}

const PLACE = '/units/:unit/environments/:environment';
const FREEZE = '/environments/:environment/freeze';

const decisions: readonly Decision[] = [
  { method: 'POST', path: `${PLACE}/promotions`, permission: promotionCreatePermission },
  { method: 'POST', path: `${PLACE}/approvals`, permission: promotionApprovePermission },
  { method: 'POST', path: `${PLACE}/rollbacks`, permission: promotionRollbackPermission },
  { method: 'PUT', path: `${PLACE}/hold`, permission: promotionRollbackPermission },
  { method: 'DELETE', path: `${PLACE}/hold`, permission: promotionRollbackPermission },
  { method: 'PUT', path: `${PLACE}/override`, permission: promotionOverridePermission },
  { method: 'PUT', path: FREEZE, permission: promotionOverridePermission },
  { method: 'DELETE', path: FREEZE, permission: promotionOverridePermission },
];

/** Everything people decide: permitted here first, then decided and recorded by the promoter in their name. */
export function addDecisionRoutes(router: Router, options: RouterOptions): void {
  const { authorizer, promoter } = options;
  const caller = callerOf(options);
  for (const { method, path, permission } of decisions) {
    const verb = method.toLocaleLowerCase('en-US') as 'post' | 'put' | 'delete';
    router[verb](path, async (req, res) => {
      const { credentials, user } = await caller(req);
      const { unit, environment } = req.params as Record<string, string>;
      await authorizer.require(permission, { unit, environment }, credentials);
      const done = await promoter.decide({
        method,
        path: segments(path, req.params as Record<string, string>),
        user,
        ...(method !== 'DELETE' && { body: req.body }),
      });
      res.json(done);
    });
  }
}

function segments(path: string, params: Record<string, string>): string[] {
  return path
    .split('/')
    .filter(Boolean)
    .map(part => (part.startsWith(':') ? params[part.slice(1)] : part));
}
