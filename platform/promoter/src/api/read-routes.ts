import { z } from 'zod';
import { findEnvironment, findTarget } from '../commands/target.ts';
import { decide } from '../decide/decide.ts';
import { diff } from '../views/diff.ts';
import { audit, history } from '../views/history.ts';
import { matrix, releaseViewOf, rowOf, verdictViewOf } from '../views/matrix.ts';
import {
  auditEntryView,
  diffView,
  historyEntryView,
  matrixView,
  releaseView,
  rowView,
  verdictView,
} from '../views/view-schemas.ts';
import { type Route, route } from './route.ts';

const nothing = z.object({});
const unitPath = z.object({ unit: z.string() });
const placePath = z.object({ unit: z.string(), environment: z.string() });
const limit = z.coerce.number().int().min(1).max(500).default(50);

/** Everything that can be asked; none of these changes anything. */
export const readRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/whoami',
    operation: 'whoAmI',
    summary: 'Who the caller is, and what is granted to them',
    parameters: nothing,
    query: nothing,
    body: nothing,
    answer: z.object({
      name: z.string(),
      groups: z.array(z.string()),
      grants: z.array(
        z.object({
          role: z.string(),
          teams: z.array(z.string()).optional(),
          environments: z.array(z.string()).optional(),
        }),
      ),
    }),
    async handle({ promoter }, { identity }) {
      const { fleet } = await promoter.snapshot();
      const mine = fleet?.access.filter(
        ({ user, group }) => user === identity.name || (group && identity.groups.includes(group)),
      );
      const grants = (mine ?? []).map(({ role, teams, environments }) => ({
        role,
        ...(teams && { teams }),
        ...(environments && { environments }),
      }));
      return { name: identity.name, groups: [...identity.groups], grants };
    },
  }),
  route({
    method: 'get',
    path: '/matrix',
    operation: 'getMatrix',
    summary: 'Units × environments: what is where, and what waits for what',
    parameters: nothing,
    query: z.object({
      page: z.coerce.number().int().min(1).default(1),
      pageSize: z.coerce.number().int().min(1).max(500).default(100),
      search: z.string().optional(),
      team: z.string().optional(),
      kind: z.enum(['Addon', 'Application']).optional(),
      action: z.enum(['promote', 'wait', 'blocked', 'current', 'none']).optional(),
    }),
    body: nothing,
    answer: matrixView,
    async handle({ promoter }, { query }) {
      const hydration = promoter.failedHydration;
      const view = matrix(await promoter.snapshot(), query);
      return {
        ...view,
        ...(hydration && { hydration: { ...hydration, problems: [...hydration.problems] } }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/units/{unit}',
    operation: 'getUnit',
    summary: 'One unit in every environment, and its releases',
    parameters: unitPath,
    query: nothing,
    body: nothing,
    answer: rowView.extend({ releases: z.array(releaseView) }),
    async handle({ promoter }, { path }) {
      const snapshot = await promoter.snapshot();
      const [first] = snapshot.environments;
      const target = findTarget(snapshot, path.unit, first?.name ?? '');
      const verdicts = decide(snapshot).filter(({ unit }) => unit === path.unit);
      return { ...rowOf(snapshot, path.unit, verdicts), releases: target.releases.map(releaseViewOf) };
    },
  }),
  route({
    method: 'get',
    path: '/plan',
    operation: 'getPlan',
    summary: 'What would happen now: the verdict on every unit in every environment',
    parameters: nothing,
    query: z.object({ unit: z.string().optional(), environment: z.string().optional() }),
    body: nothing,
    answer: z.object({ verdicts: z.array(verdictView) }),
    async handle({ promoter }, { query }) {
      const verdicts = decide(await promoter.snapshot()).filter(
        ({ unit, environment }) =>
          (query.unit === undefined || unit === query.unit) &&
          (query.environment === undefined || environment === query.environment),
      );
      return { verdicts: verdicts.map(verdictViewOf) };
    },
  }),
  route({
    method: 'get',
    path: '/units/{unit}/environments/{environment}/diff',
    operation: 'getDiff',
    summary: 'What a promotion would change in the rendered manifests',
    parameters: placePath,
    query: z.object({ release: z.string().optional() }),
    body: nothing,
    answer: diffView,
    async handle({ promoter, repository }, { path, query }) {
      const target = findTarget(await promoter.snapshot(), path.unit, path.environment);
      return diff(repository, target, query.release);
    },
  }),
  route({
    method: 'get',
    path: '/history',
    operation: 'getHistory',
    summary: 'What moved, the latest first',
    parameters: nothing,
    query: z.object({ unit: z.string().optional(), environment: z.string().optional(), limit }),
    body: nothing,
    answer: z.object({ entries: z.array(historyEntryView) }),
    async handle({ promoter, repository }, { query }) {
      const snapshot = await promoter.snapshot();
      const environments =
        query.environment === undefined
          ? snapshot.environments
          : [findEnvironment(snapshot, query.environment)];
      if (query.unit !== undefined) findTarget(snapshot, query.unit, environments[0]?.name ?? '');
      const names = environments.map(({ name }) => name);
      return {
        entries: [
          ...(await history(repository, { environments: names, unit: query.unit, limit: query.limit })),
        ],
      };
    },
  }),
  route({
    method: 'get',
    path: '/audit',
    operation: 'getAudit',
    summary: 'What people decided, the latest first',
    parameters: nothing,
    query: z.object({ limit }),
    body: nothing,
    answer: z.object({ entries: z.array(auditEntryView) }),
    async handle({ repository }, { query }) {
      return { entries: [...(await audit(repository, query.limit))] };
    },
  }),
];
