import type { DeclaredValues, FleetFiles, Report } from './fleet-files.ts';
import { type Addon, type FleetModel, targetsOf } from './fleet-model.ts';
import { checkReference, reportAt } from './reference.ts';
import { suggestion } from './suggestion.ts';
import { unknownVariables, VARIABLES } from './variables.ts';

/** Values files: for an addon, environment and provider that exist, and none missing where another one has its own. */
export function checkValues(fleet: FleetModel, files: FleetFiles, report: Report): void {
  for (const values of files.values) {
    checkScope(values, fleet, files, report);
    for (const { path, name } of unknownVariables(values.values)) {
      const remedy = suggestion(name, VARIABLES) ?? `known: ${VARIABLES.join(', ')}`;
      reportAt({ file: values.file, path }, { message: `unknown variable "${name}"`, remedy }, report);
    }
  }
  for (const addon of fleet.addons) checkCoverage(addon, fleet, files, report);
}

function checkScope(values: DeclaredValues, fleet: FleetModel, files: FleetFiles, report: Report): void {
  const place = { file: values.file, path: [] };
  if (!files.names.addon.has(values.addon)) {
    reportAt(place, { message: `values for "${values.addon}", which has no addon.yaml` }, report);
  }
  if (values.scope.kind === 'common') return;
  const { kind, name } = values.scope;
  const known =
    kind === 'environment'
      ? fleet.environments.map((one) => one.name)
      : fleet.clusters.map((one) => one.provider);
  if (files.fleet !== undefined) checkReference({ ...place, what: kind, name }, new Set(known), report);
}

/** An environment without a values file, where others have one, would silently get the common values. */
function checkCoverage(addon: Addon, fleet: FleetModel, files: FleetFiles, report: Report): void {
  const written = Object.keys(addon.values.byEnvironment);
  if (written.length === 0) return;
  const file = files.addons.find(({ name }) => name === addon.name)?.file;
  const targeted = new Set(targetsOf(fleet, addon).map(({ environment }) => environment));
  for (const environment of [...targeted].sort()) {
    if (written.includes(environment) || file === undefined) continue;
    const message = `environment "${environment}" has no values of its own, but ${written.join(', ')} has`;
    const remedy = `add values.environment.${environment}.yaml, "{}" if nothing differs`;
    reportAt({ file, path: ['metadata', 'name'] }, { message, remedy }, report);
  }
}
