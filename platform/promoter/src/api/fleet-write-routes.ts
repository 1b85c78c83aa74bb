import { nameSchema } from '@drydock/model';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import type { Identity } from '../access/identity.ts';
import { freeze, thaw } from '../commands/freeze.ts';
import { createSet, withdrawSet } from '../commands/release-set.ts';
import { findEnvironment, findTarget } from '../commands/target.ts';
import type { Snapshot } from '../snapshot.ts';
import { WHOLE_FLEET } from '../state/state.ts';
import type { StateChange } from '../state/state-store.ts';
import { commit } from './commit-decision.ts';
import { type ApiContext, type Route, route } from './route.ts';
import { doneSchema } from './unit-routes.ts';

const nothing = z.object({});
const text = z.string().trim().min(1).max(1_000);
const environmentPath = z.object({ environment: z.string() });
const setPath = z.object({ set: nameSchema });
const freezeBody = z.object({ reason: text, until: z.iso.datetime().optional() });

/** What people decide about whole environments, the fleet, and sets of units. */
export const fleetWriteRoutes: readonly Route[] = [
  route({
    method: 'put',
    path: '/environments/{environment}/freeze',
    operation: 'freeze',
    summary: 'Close an environment to everything but rollbacks',
    parameters: environmentPath,
    query: nothing,
    body: freezeBody,
    answer: doneSchema,
    handle: (context, { identity, path, body }) =>
      change(context, identity, path.environment, (at) =>
        freeze(path.environment, { by: identity.name, at, ...body }),
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
    answer: doneSchema,
    handle: (context, { identity, path }) =>
      change(context, identity, path.environment, (_at, { state }) =>
        thaw(state, path.environment, identity.name),
      ),
  }),
  route({
    method: 'put',
    path: '/freeze',
    operation: 'freezeFleet',
    summary: 'Close every environment to everything but rollbacks',
    parameters: nothing,
    query: nothing,
    body: freezeBody,
    answer: doneSchema,
    handle: (context, { identity, body }) =>
      change(context, identity, undefined, (at) => freeze(WHOLE_FLEET, { by: identity.name, at, ...body })),
  }),
  route({
    method: 'delete',
    path: '/freeze',
    operation: 'thawFleet',
    summary: 'Open the frozen fleet',
    parameters: nothing,
    query: nothing,
    body: nothing,
    answer: doneSchema,
    handle: (context, { identity }) =>
      change(context, identity, undefined, (_at, { state }) => thaw(state, WHOLE_FLEET, identity.name)),
  }),
  route({
    method: 'put',
    path: '/sets/{set}',
    operation: 'createSet',
    summary: 'Let the next releases of several units enter together, or not at all',
    parameters: setPath,
    query: nothing,
    body: z.object({ units: z.array(z.string()).min(2).max(500), environments: z.array(z.string()).min(1) }),
    answer: doneSchema,
    async handle(context, { identity, path, body }) {
      const snapshot = await context.promoter.snapshot();
      authorizeSet(snapshot, identity, body.environments, body.units);
      const done = await commit(context, snapshot, (at, current) => {
        const targets = body.units.map((unit) => findTarget(current, unit, body.environments[0] ?? ''));
        return createSet(current.state, targets, {
          by: identity.name,
          at,
          id: path.set,
          environments: body.environments,
        });
      });
      return { done };
    },
  }),
  route({
    method: 'delete',
    path: '/sets/{set}',
    operation: 'withdrawSet',
    summary: 'Dissolve a set',
    parameters: setPath,
    query: nothing,
    body: nothing,
    answer: doneSchema,
    async handle(context, { identity, path }) {
      const snapshot = await context.promoter.snapshot();
      const set = snapshot.state.sets.find(({ id }) => id === path.set);
      authorizeSet(snapshot, identity, set?.environments ?? [], Object.keys(set?.units ?? {}));
      return {
        done: await commit(context, snapshot, (_at, { state }) =>
          withdrawSet(state, path.set, identity.name),
        ),
      };
    },
  }),
];

/** Whoever binds units together may promote each of them in each of the environments. */
function authorizeSet(
  snapshot: Snapshot,
  identity: Identity,
  environments: readonly string[],
  units: readonly string[],
): void {
  for (const environment of environments) {
    for (const unit of units) {
      const { team } = findTarget(snapshot, unit, environment);
      authorize(snapshot.fleet?.access ?? [], identity, { action: 'promote', environment, team });
    }
  }
}

/** @param environment undefined for the whole fleet */
async function change(
  context: ApiContext,
  identity: Identity,
  environment: string | undefined,
  decide: (at: string, current: Snapshot) => StateChange,
): Promise<z.infer<typeof doneSchema>> {
  const snapshot = await context.promoter.snapshot();
  if (environment !== undefined) findEnvironment(snapshot, environment);
  authorize(snapshot.fleet?.access ?? [], identity, { action: 'freeze', environment });
  return { done: await commit(context, snapshot, decide) };
}
