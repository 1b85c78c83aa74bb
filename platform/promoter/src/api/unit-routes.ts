import { nameSchema } from '@drydock/model';
import { z } from 'zod';
import { type Access, authorize } from '../access/authorize.ts';
import type { Identity } from '../access/identity.ts';
import { approve } from '../commands/approve.ts';
import { hold, releaseHold } from '../commands/hold.ts';
import { override } from '../commands/override.ts';
import { reportCheck } from '../commands/report-check.ts';
import { requestPromotion } from '../commands/request-promotion.ts';
import { rollback } from '../commands/rollback.ts';
import { findEnvironment, findTarget, type Target } from '../commands/target.ts';
import { decideUnit } from '../decide/decide.ts';
import type { Snapshot } from '../snapshot.ts';
import type { StateChange } from '../state/state-store.ts';
import { verdictViewOf } from '../views/matrix.ts';
import { verdictView } from '../views/view-schemas.ts';
import { commit } from './commit-decision.ts';
import { type ApiContext, type Route, route } from './route.ts';

const nothing = z.object({});
const text = z.string().trim().min(1).max(1_000);
const placePath = z.object({ unit: z.string(), environment: z.string() });
export const doneSchema = z.object({
  done: z.string().describe('What was recorded, in one sentence.'),
  verdict: verdictView.optional(),
});
const PLACE = '/units/{unit}/environments/{environment}';

/** What people decide about a unit in an environment. Each becomes a commit; the promoter acts on it at once. */
export const unitRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: `${PLACE}/approvals`,
    operation: 'approve',
    summary: 'Approve exactly the release that waits',
    parameters: placePath,
    query: nothing,
    body: z.object({ release: z.string().optional(), comment: text.optional() }),
    answer: doneSchema,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'approve', ...path }, (target, at) =>
        approve(target, { by: identity.name, groups: identity.groups, at, ...body }),
      ),
  }),
  route({
    method: 'post',
    path: `${PLACE}/promotions`,
    operation: 'promote',
    summary: 'Ask for the release that is next; its gates still decide when it enters',
    parameters: placePath,
    query: nothing,
    body: z.object({ release: z.string().optional() }),
    answer: doneSchema,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'promote', ...path }, (target, at, { state }) => {
        const existing = state.requests.get(path.environment)?.get(path.unit);
        return requestPromotion(target, { by: identity.name, at, existing, ...body });
      }),
  }),
  route({
    method: 'post',
    path: `${PLACE}/rollbacks`,
    operation: 'rollback',
    summary: 'Put an older release back and pin it',
    parameters: placePath,
    query: nothing,
    body: z.object({ release: z.string().optional(), reason: text.optional() }),
    answer: doneSchema,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'rollback', ...path }, (target, at) =>
        rollback(target, { by: identity.name, at, ...body }),
      ),
  }),
  route({
    method: 'put',
    path: `${PLACE}/hold`,
    operation: 'hold',
    summary: 'Pin a unit to what it has',
    parameters: placePath,
    query: nothing,
    body: z.object({ reason: text }),
    answer: doneSchema,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'hold', ...path }, (target, at) =>
        hold(target, { by: identity.name, at, ...body }),
      ),
  }),
  route({
    method: 'delete',
    path: `${PLACE}/hold`,
    operation: 'releaseHold',
    summary: 'Let a held unit move again',
    parameters: placePath,
    query: nothing,
    body: nothing,
    answer: doneSchema,
    handle: (context, { identity, path }) =>
      changeUnit(context, { identity, action: 'hold', ...path }, (target, _at, { state }) =>
        releaseHold(state, target, identity.name),
      ),
  }),
  route({
    method: 'put',
    path: `${PLACE}/override`,
    operation: 'override',
    summary: 'Let exactly one release pass a freeze and closed windows',
    parameters: placePath,
    query: nothing,
    body: z.object({ release: z.string().optional(), reason: text }),
    answer: doneSchema,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'override', ...path }, (target, at) =>
        override(target, { by: identity.name, at, ...body }),
      ),
  }),
  route({
    method: 'put',
    path: `${PLACE}/checks/{name}`,
    operation: 'reportCheck',
    summary: 'Report what a check outside says of a release',
    parameters: placePath.extend({ name: nameSchema }),
    query: nothing,
    body: z.object({ release: z.string(), phase: z.enum(['passed', 'failed', 'pending']), reason: text }),
    answer: doneSchema,
    handle: (context, { identity, path: { name, ...path }, body }) =>
      changeUnit(context, { identity, action: 'report', ...path }, (target, at, current) =>
        reportCheck(target, findEnvironment(current, path.environment), {
          by: identity.name,
          at,
          name,
          ...body,
        }),
      ),
  }),
];

interface UnitRequest {
  readonly identity: Identity;
  readonly action: Access['action'];
  readonly unit: string;
  readonly environment: string;
}

async function changeUnit(
  context: ApiContext,
  { identity, action, unit, environment }: UnitRequest,
  change: (target: Target, at: string, current: Snapshot) => StateChange,
): Promise<z.infer<typeof doneSchema>> {
  const snapshot = await context.promoter.snapshot();
  const target = findTarget(snapshot, unit, environment);
  authorize(snapshot.fleet?.access ?? [], identity, { action, environment, team: target.team });
  const subject = await commit(context, snapshot, (at, current) =>
    change(findTarget(current, unit, environment), at, current),
  );
  const after = await context.promoter.snapshot();
  return {
    done: subject,
    verdict: verdictViewOf(decideUnit(after, unit, findEnvironment(after, environment))),
  };
}
