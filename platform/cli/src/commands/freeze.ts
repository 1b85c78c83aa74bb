import { InputError } from '@drydock/model';
import { apiPath } from '../client/promoter-client.ts';
import type { OptionValues } from '../command.ts';
import { decisionCommand, given, reasonOption } from './decision.ts';

const fleetOption = { fleet: { type: 'boolean', help: 'every environment at once' } } as const;

export const freeze = decisionCommand({
  name: 'freeze',
  summary: 'close an environment to everything but rollbacks',
  parameters: ['[environment]'],
  options: {
    ...fleetOption,
    ...reasonOption,
    until: { type: 'string', value: 'TIME', help: 'when it opens by itself, ISO 8601' },
  },
  request: ([environment], values) => ({
    method: 'PUT',
    path: freezePath(environment, values),
    body: { reason: 'frozen at the command line', ...given(values, 'reason'), ...untilOf(values) },
  }),
});

export const thaw = decisionCommand({
  name: 'thaw',
  summary: 'open a frozen environment',
  parameters: ['[environment]'],
  options: fleetOption,
  request: ([environment], values) => ({ method: 'DELETE', path: freezePath(environment, values) }),
});

function freezePath(environment: string | undefined, { fleet }: OptionValues): string {
  if ((environment === undefined) !== (fleet === true))
    throw new InputError('expected the name of an environment, or --fleet');
  return environment === undefined ? apiPath('freeze') : apiPath('environments', environment, 'freeze');
}

function untilOf({ until }: OptionValues): { readonly until?: string } {
  if (typeof until !== 'string') return {};
  const time = new Date(until);
  if (!Number.isNaN(time.getTime())) return { until: time.toISOString() };
  throw new InputError(`--until: expected a time such as 2026-12-24T18:00:00Z, got "${until}"`);
}
