import { ForbiddenError, type Grant, type Role } from '@drydock/model';
import type { Identity } from './identity.ts';

/** What is to be done, and to what. */
export interface Access {
  readonly action: 'read' | 'promote' | 'rollback' | 'hold' | 'approve' | 'report' | 'freeze' | 'override';
  readonly environment?: string | undefined;
  /** Owner of the Unit; undefined for an Addon. */
  readonly team?: string | undefined;
}

/** The least role for each action. */
const NEEDED = {
  read: 'viewer',
  promote: 'deployer',
  rollback: 'deployer',
  hold: 'deployer',
  report: 'deployer',
  approve: 'approver',
  freeze: 'admin',
  override: 'admin',
} as const satisfies Record<Access['action'], Role>;

/**
 * Refuses what the access list of the fleet does not grant.
 *
 * @throws ForbiddenError that says what is needed
 */
export function authorize(access: readonly Grant[], identity: Identity, wanted: Access): void {
  if (access.some((grant) => isFor(grant, identity) && covers(grant, wanted))) return;
  const where = [
    wanted.environment && ` in ${wanted.environment}`,
    wanted.team && ` for team ${wanted.team}`,
  ].join('');
  throw new ForbiddenError(
    `${identity.name} may not ${wanted.action}${where}: it needs the role ${NEEDED[wanted.action]}`,
  );
}

function isFor(grant: Grant, { name, groups }: Identity): boolean {
  return grant.user === name || (grant.group !== undefined && groups.includes(grant.group));
}

/**
 * A deployer deploys, an approver approves, an admin does both; everybody reads. A team or environment that a grant
 * names narrows it.
 */
function covers(grant: Grant, { action, environment, team }: Access): boolean {
  const needed = NEEDED[action];
  if (grant.role !== 'admin' && grant.role !== needed && needed !== 'viewer') return false;
  if (needed === 'viewer') return true;
  const teamMatches = grant.teams === undefined || (team !== undefined && grant.teams.includes(team));
  const environmentMatches =
    grant.environments === undefined ||
    (environment !== undefined && grant.environments.includes(environment));
  return teamMatches && environmentMatches;
}
