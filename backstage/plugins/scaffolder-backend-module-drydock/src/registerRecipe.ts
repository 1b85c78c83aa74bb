import type { UserInfoService } from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryActionContext,
  ActionsRegistryService,
} from '@backstage/backend-plugin-api/alpha';
import { PromoterClient, promoterUserOf } from '@drydock/plugin-promotion-node';
import type { AnyZodObject, z } from 'zod/v3';
import type { Recipe } from './recipes/Recipe';

/** What {@link registerRecipe} needs. */
export interface RegisterOptions {
  readonly actions: ActionsRegistryService;
  readonly promoter: PromoterClient;
  readonly userInfo: UserInfoService;
}

const output = (zod: typeof z) =>
  zod.object({
    patch: zod.string().describe('Unified diff of what changes.'),
    branch: zod.string().describe('Where the commit is.'),
    revision: zod.string().describe('The commit; empty when nothing was committed.'),
    unit: zod.string().describe('The unit it is about; empty where there is none.'),
  });

/**
 * Registers a recipe twice: `check-<name>`, which only says what would change and so also works in a dry run, and
 * `<name>`, which commits. The promoter authorizes both as the user.
 */
export function registerRecipe<T extends AnyZodObject>(
  recipe: Recipe<T>,
  { actions, promoter, userInfo }: RegisterOptions,
): void {
  const act =
    (dryRun: boolean) =>
    async ({ input, credentials, logger }: ActionsRegistryActionContext<AnyZodObject>) => {
      const user = await promoterUserOf(credentials, userInfo);
      const { review, ...values } = input as z.infer<T> & { review?: boolean };
      const {
        unit = '',
        branch,
        ...change
      } = await recipe.plan(values as z.infer<T>, {
        fleet: () => promoter.fleet(user),
        file: path => promoter.file(path, user),
      });
      const request = { ...change, dryRun, ...(review && { branch: `drydock/${branch}` }) };
      const answer = await promoter.change(request, user);
      logger.info(`${dryRun ? 'would change' : 'changed'}:\n${answer.patch}`);
      const { patch, revision = '' } = answer;
      return { output: { patch, branch: answer.branch, revision, unit } };
    };
  const input = (zod: typeof z) =>
    recipe.input(zod).extend({
      review: zod.boolean().optional().describe('Commit to a new branch for a review, instead of to main.'),
    });
  actions.register({
    name: `check-${recipe.name}`,
    title: `Check: ${recipe.title}`,
    description: `${recipe.description} Says what would change, and changes nothing.`,
    schema: { input, output },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    action: act(true),
  });
  actions.register({
    name: recipe.name,
    title: recipe.title,
    description: recipe.description,
    schema: { input, output },
    attributes: { readOnly: false, destructive: false, idempotent: false },
    action: act(false),
  });
}
