import { NotFoundError, UnavailableError } from '@drydock/model';
import { z } from 'zod';
import { changeFiles, isDataPath } from '../commands/change-files.ts';
import { fleetView, fleetViewOf } from '../views/fleet-view.ts';
import { type Route, route } from './route.ts';

const nothing = z.object({});
const path = z.string().max(300).refine(isDataPath, 'expected a path below addons/, clusters/ or workloads/');

/** What the files of the fleet say, and changing them without a clone. */
export const fleetRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/fleet',
    operation: 'getFleet',
    summary: 'Clusters, units, teams and access as the files declare them, at the revision that is hydrated',
    parameters: nothing,
    query: nothing,
    body: nothing,
    answer: fleetView,
    async handle({ promoter }) {
      const { fleet, revision } = await promoter.snapshot();
      if (fleet === undefined || revision === undefined)
        throw new UnavailableError('no revision of main is hydrated yet');
      return fleetViewOf(fleet, revision);
    },
  }),
  route({
    method: 'get',
    path: '/files',
    operation: 'getFile',
    summary: 'One file of the fleet at the head of main',
    parameters: nothing,
    query: z.object({ path }),
    body: nothing,
    answer: z.object({ revision: z.string(), content: z.string() }),
    async handle({ repository }, { query }) {
      const revision = await repository.resolve('refs/heads/main');
      const content = revision && (await repository.readFile(`${revision}:${query.path}`));
      if (!revision || !content) throw new NotFoundError(`no file "${query.path}" on main`);
      return { revision, content: content.toString('utf8') };
    },
  }),
  route({
    method: 'post',
    path: '/changes',
    operation: 'changeFiles',
    summary: 'Change files of the fleet in one commit, checked first; with dryRun only check',
    parameters: nothing,
    query: nothing,
    body: z.object({
      message: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .regex(/^[^\r\n]*$/, 'expected one line'),
      files: z
        .array(
          z.object({
            path,
            content: z.string().nullable().describe('null removes the file.'),
            mustBeNew: z.boolean().default(false).describe('Refuse to replace a file that exists.'),
          }),
        )
        .min(1)
        .max(100),
      base: z
        .string()
        .optional()
        .describe('The revision the change was made against: what has changed since is not overwritten.'),
      branch: z
        .string()
        .regex(/^drydock\/[a-z0-9][a-z0-9-]{0,80}$/, 'expected a name such as "drydock/new-application"')
        .optional()
        .describe('Commit to this new branch, for a review. Default: main.'),
      dryRun: z.boolean().default(false),
    }),
    answer: z.object({
      branch: z.string(),
      revision: z.string().optional().describe('Absent for a dry run.'),
      patch: z.string().describe('Unified diff.'),
    }),
    async handle({ promoter, repository, clock }, { identity, body }) {
      const result = await changeFiles(repository, { ...body, by: identity, now: clock.now() });
      if (result.revision !== undefined) promoter.notify();
      return result;
    },
  }),
];
