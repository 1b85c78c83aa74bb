import type { Grant } from '@drydock/model';
import type { Identity } from './identity.ts';

/**
 * What a user may not change, one sentence for each path. An admin, and a deployer of no particular teams, may change
 * everything; a deployer of some teams what lies in the folders of these.
 */
export function pathProblems(
  access: readonly Grant[],
  { name, groups }: Identity,
  paths: readonly string[],
): readonly string[] {
  const grants = access.filter(
    (grant) =>
      (grant.user === name || (grant.group !== undefined && groups.includes(grant.group))) &&
      (grant.role === 'admin' || grant.role === 'deployer'),
  );
  if (grants.length === 0) return [`${name} may not change files: it needs the role deployer`];
  const teams = grants.map((grant) => (grant.role === 'admin' ? undefined : grant.teams));
  if (teams.includes(undefined)) return [];
  const folders = teams.flatMap((names) => (names ?? []).map((team) => `workloads/${team}/`));
  const foreign = paths.filter((path) => !folders.some((folder) => path.startsWith(folder)));
  return foreign.map((path) => `${path}: ${name} may change ${folders.join(', ')} only`);
}
