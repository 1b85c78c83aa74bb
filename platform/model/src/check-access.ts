import type { FleetFiles, Report } from './fleet-files.ts';
import { checkReference } from './reference.ts';

/** Teams and environments that grants name must exist. */
export function checkAccess({ fleet, names }: FleetFiles, report: Report): void {
  if (fleet === undefined) return;
  const environments = new Set(fleet.document.spec.environments.map(({ name }) => name));
  fleet.document.spec.access.forEach((grant, index) => {
    grant.teams?.forEach((name, at) => {
      const path = ['spec', 'access', index, 'teams', at];
      checkReference({ file: fleet.file, path, what: 'team', name }, names.team, report);
    });
    grant.environments?.forEach((name, at) => {
      const path = ['spec', 'access', index, 'environments', at];
      checkReference({ file: fleet.file, path, what: 'environment', name }, environments, report);
    });
  });
}
