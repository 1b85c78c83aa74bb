import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { PromotionTarget, RESOURCE_TYPE_PROMOTION_TARGET } from '@drydock/plugin-promotion-common';
import { z } from 'zod';

/** A condition that can be laid over many targets at once. */
export type PromotionTargetFilter = (target: PromotionTarget) => boolean;

/** The resource of all promotion permissions. */
export const promotionTargetResourceRef = createPermissionResourceRef<
  PromotionTarget,
  PromotionTargetFilter
>().with({
  pluginId: 'promotion',
  resourceType: RESOURCE_TYPE_PROMOTION_TARGET,
});

const isInEnvironment = createPermissionRule({
  name: 'IS_IN_ENVIRONMENT',
  description: 'Allow targets in the given environments',
  resourceRef: promotionTargetResourceRef,
  paramsSchema: z.object({ environments: z.array(z.string()) }),
  apply: ({ environment }, { environments }) => environments.includes(environment),
  toQuery:
    ({ environments }) =>
    ({ environment }) =>
      environments.includes(environment),
});

const isOwnedByTeam = createPermissionRule({
  name: 'IS_OWNED_BY_TEAM',
  description: 'Allow targets whose unit is owned by one of the given teams',
  resourceRef: promotionTargetResourceRef,
  paramsSchema: z.object({ teams: z.array(z.string()) }),
  apply: ({ team }, { teams }) => team !== undefined && teams.includes(team),
  toQuery:
    ({ teams }) =>
    ({ team }) =>
      team !== undefined && teams.includes(team),
});

const isUnit = createPermissionRule({
  name: 'IS_UNIT',
  description: 'Allow targets that name a unit, not a whole environment',
  resourceRef: promotionTargetResourceRef,
  apply: ({ unit }) => unit !== undefined,
  toQuery:
    () =>
    ({ unit }) =>
      unit !== undefined,
});

/** The rules a policy can use for promotion permissions. */
export const promotionRules = { isInEnvironment, isOwnedByTeam, isUnit };

const exported = createConditionExports({
  resourceRef: promotionTargetResourceRef,
  rules: promotionRules,
});

/** The conditions a policy can lay over promotion permissions. */
export const promotionConditions = exported.conditions;

/** Makes a conditional decision about a promotion permission. */
export const createPromotionConditionalDecision = exported.createConditionalDecision;
