import { z } from 'zod';
import { type Access, authorize } from '../access/authorize.ts';
import type { Identity } from '../access/identity.ts';
import { approve } from '../commands/approve.ts';
import { freeze, thaw } from '../commands/freeze.ts';
import { hold, releaseHold } from '../commands/hold.ts';
import { requestPromotion } from '../commands/request-promotion.ts';
import { rollback } from '../commands/rollback.ts';
import { findEnvironment, findTarget, type Target } from '../commands/target.ts';
import { decideUnit } from '../decide/decide.ts';
import type { Snapshot } from '../snapshot.ts';
import type { PromotionState } from '../state/state.ts';
import type { StateChange } from '../state/state-store.ts';
import { verdictViewOf } from '../views/matrix.ts';
import { verdictView } from '../views/view-schemas.ts';
import { type ApiContext, type Route, route } from './route.ts';

const nothing = z.object({});
const text = z.string().trim().min(1).max(1_000);
const placePath = z.object({ unit: z.string(), environment: z.string() });
const environmentPath = z.object({ environment: z.string() });
const done = z.object({
  done: z.string().describe('What was recorded, in one sentence.'),
  verdict: verdictView.optional(),
});
const PLACE = '/units/{unit}/environments/{environment}';

/** Everything that people decide. Each becomes a commit; the promoter acts on it at once. */
export const writeRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: `${PLACE}/approvals`,
    operation: 'approve',
    summary: 'Approve exactly the release that waits',
    parameters: placePath,
    query: nothing,
    body: z.object({ release: z.string().optional(), comment: text.optional() }),
    answer: done,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'approve', ...path }, (target, at) =>
        approve(target, { by: identity.name, at, ...body }),
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
    answer: done,
    handle: (context, { identity, path, body }) =>
      changeUnit(context, { identity, action: 'promote', ...path }, (target, at) =>
        requestPromotion(target, { by: identity.name, at, ...body }),
      ),
  }),
  route({
    method: 'post',
    path: `${PLACE}/rollbacks`,
    operation: 'rollback',
    summary: 'Put an older release back and pin it',
    parameters: placePath,
    query: nothing,
    body: z.object({ release: z.string().optional(), reason: text.optional() }),
    answer: done,
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
    answer: done,
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
    answer: done,
    handle: (context, { identity, path }) =>
      changeUnit(context, { identity, action: 'hold', ...path }, (target, _at, state) =>
        releaseHold(state, target, identity.name),
      ),
  }),
  route({
    method: 'put',
    path: '/environments/{environment}/freeze',
    operation: 'freeze',
    summary: 'Close an environment to everything but rollbacks',
    parameters: environmentPath,
    query: nothing,
    body: z.object({ reason: text, until: z.iso.datetime().optional() }),
    answer: done,
    handle: (context, { identity, path, body }) =>
      changeEnvironment(context, { identity, ...path }, (environment, at) =>
        freeze(environment, { by: identity.name, at, ...body }),
      ),
  }),
  route({
    method: 'delete',
    path: '/environments/{environment}/freeze',
    operation: 'thaw',
    summary: 'Open a frozen environment',
    parameters: environmentPath,
    query: nothing,
    body: nothing,
    answer: done,
    handle: (context, { identity, path }) =>
      changeEnvironment(context, { identity, ...path }, (environment, _at, state) =>
        thaw(state, environment, identity.name),
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
  change: (target: Target, at: string, state: PromotionState) => StateChange,
): Promise<z.infer<typeof done>> {
  const snapshot = await context.promoter.snapshot();
  const target = findTarget(snapshot, unit, environment);
  authorize(snapshot.fleet?.access ?? [], identity, { action, environment, team: target.team });
  const subject = await commit(context, snapshot, (at, current) =>
    change(findTarget(current, unit, environment), at, current.state),
  );
  const after = await context.promoter.snapshot();
  return {
    done: subject,
    verdict: verdictViewOf(decideUnit(after, unit, findEnvironment(after, environment))),
  };
}

async function changeEnvironment(
  context: ApiContext,
  { identity, environment }: { readonly identity: Identity; readonly environment: string },
  change: (environment: string, at: string, state: PromotionState) => StateChange,
): Promise<z.infer<typeof done>> {
  const snapshot = await context.promoter.snapshot();
  findEnvironment(snapshot, environment);
  authorize(snapshot.fleet?.access ?? [], identity, { action: 'freeze', environment });
  return { done: await commit(context, snapshot, (at, current) => change(environment, at, current.state)) };
}

/** Records a decision against the state as it is when it is written, then lets the promoter look. */
async function commit(
  { promoter, clock }: ApiContext,
  snapshot: Snapshot,
  change: (at: string, current: Snapshot) => StateChange,
): Promise<string> {
  const now = clock.now();
  let subject = '';
  let by = '';
  await promoter.state.update((state) => {
    const decided = change(new Date(now).toISOString(), { ...snapshot, state, now });
    ({ subject, by } = decided);
    return decided;
  }, now);
  promoter.events.add({ type: 'state', subject, by }, now);
  promoter.notify();
  return subject;
}
