import type { UserToken } from '@drydock/promoter/access';
import type { FleetConfig } from './fleet-config.ts';

/** The users of a local fleet and their tokens. */
export function userTokens(config: FleetConfig): readonly UserToken[] {
  return Object.entries(config.users).map(([name, token]) => ({ name, token }));
}
