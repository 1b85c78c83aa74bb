import { checkAccess } from './check-access.ts';
import { checkAddons } from './check-addons.ts';
import { checkApplications } from './check-applications.ts';
import { checkClusters } from './check-clusters.ts';
import { checkDependencies } from './check-dependencies.ts';
import { checkEnvironments } from './check-environments.ts';
import { checkFeatures } from './check-features.ts';
import { checkImages } from './check-images.ts';
import { checkOwnership } from './check-ownership.ts';
import { checkSelectors } from './check-selectors.ts';
import { checkValues } from './check-values.ts';
import type { FleetFiles, Report } from './fleet-files.ts';
import type { FleetModel } from './fleet-model.ts';
import { checkValuesSchemas } from './values-schema.ts';

/** The rules that concern more than one file. Each sees the whole fleet and reports everything it finds. */
export function checkFleet(fleet: FleetModel, files: FleetFiles, report: Report): void {
  if (files.fleet === undefined) {
    if (!files.fleetSeen) report({ file: 'clusters/fleet.yaml', message: 'expected this file, got nothing' });
  } else {
    checkEnvironments(files, report);
    checkAccess(files, report);
  }
  checkClusters(files, report);
  checkAddons(files, report);
  checkSelectors(fleet, files, report);
  checkDependencies(fleet, files, report);
  checkOwnership(fleet, files, report);
  checkApplications(fleet, files, report);
  checkFeatures(fleet, files, report);
  checkImages(fleet, files, report);
  checkValues(fleet, files, report);
  checkValuesSchemas(files, report);
}
