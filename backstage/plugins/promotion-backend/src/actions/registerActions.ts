import type { UserInfoService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import { promotionCreatePermission, promotionReadPermission } from '@drydock/plugin-promotion-common';
import { PromoterClient, promoterUserOf } from '@drydock/plugin-promotion-node';
import type { Authorizer } from '../authorization/Authorizer';

/** What {@link registerActions} needs. */
export interface ActionOptions {
  readonly actions: ActionsRegistryService;
  readonly authorizer: Authorizer;
  readonly promoter: PromoterClient;
  readonly userInfo: UserInfoService;
}

/**
 * Registers what templates and tools may ask. Nothing here approves: an approval is for a person who has looked.
 */
export function registerActions(options: ActionOptions): void {
  registerStatus(options);
  registerRequest(options);
}

function registerStatus({ actions, authorizer, promoter, userInfo }: ActionOptions) {
  actions.register({
    name: 'get-unit-status',
    title: 'Status of a unit',
    description: 'Which release of a unit an environment has, which is next, and why it waits.',
    schema: {
      input: z => z.object({ unit: z.string(), environment: z.string() }),
      output: z =>
        z.object({
          unit: z.string(),
          environment: z.string(),
          release: z.string().describe('Short revision; empty where there is none.'),
          health: z.string(),
          next: z.string(),
          action: z.string(),
          reasons: z.array(z.string()),
        }),
    },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    async action({ input, credentials }) {
      await authorizer.require(promotionReadPermission, input, credentials);
      const user = await promoterUserOf(credentials, userInfo);
      const { cells } = await promoter.unit(input.unit, user);
      const cell = cells.find(({ environment }) => environment === input.environment);
      if (cell === undefined) throw new NotFoundError(`no environment "${input.environment}"`);
      const { release, health = 'Unknown', verdict } = cell;
      return {
        output: {
          ...input,
          release: release?.name ?? '',
          health,
          next: verdict.candidate?.name ?? '',
          action: verdict.action,
          reasons: verdict.reasons.map(({ message }) => message),
        },
      };
    },
  });
}

function registerRequest({ actions, authorizer, promoter, userInfo }: ActionOptions) {
  actions.register({
    name: 'request-promotion',
    title: 'Request a promotion',
    description:
      'Asks for the release of a unit that is next in an environment. Gates still decide when it enters.',
    schema: {
      input: z =>
        z.object({
          unit: z.string(),
          environment: z.string(),
          release: z.string().optional().describe('Only if this one is next.'),
        }),
      output: z => z.object({ done: z.string() }),
    },
    attributes: { readOnly: false, destructive: false, idempotent: true },
    async action({ input, credentials }) {
      const { unit, environment, release } = input;
      await authorizer.require(promotionCreatePermission, input, credentials);
      const user = await promoterUserOf(credentials, userInfo);
      const path = ['units', unit, 'environments', environment, 'promotions'];
      const { done } = await promoter.decide({ method: 'POST', path, body: { release }, user });
      return { output: { done } };
    },
  });
}
