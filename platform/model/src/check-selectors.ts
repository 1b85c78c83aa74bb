import { ADDON_LABEL_PREFIX } from './addon.ts';
import type { Declared, FleetFiles, Report } from './fleet-files.ts';
import { type FleetModel, targetsOf, type Unit } from './fleet-model.ts';
import { checkReference, reportAt } from './reference.ts';
import type { Selector } from './selector.ts';
import type { YamlFile } from './yaml-file.ts';

type Selecting = Declared<{ readonly spec: { readonly clusters?: Selector | undefined } }>;

/** What selectors name must exist: a label that no cluster carries is a label that nothing sets. */
export function checkSelectors(fleet: FleetModel, files: FleetFiles, report: Report): void {
  const environments = new Set(files.fleet?.document.spec.environments.map(({ name }) => name));
  const labels = new Set(files.clusters.flatMap(({ document }) => Object.keys(document.metadata.labels)));
  const selecting: readonly Selecting[] = [...files.addons, ...files.applications];
  const sets = unitsByApplicationSet(fleet);
  const hub = fleet.clusters.find(({ role }) => role === 'hub');
  for (const { name: unit, file, document } of selecting) {
    const built = sets.get(unit);
    if (hub !== undefined && built !== undefined && targetsOf(fleet, built).includes(hub)) {
      const message = `an ApplicationSet finds clusters by their Secret, which the hub "${hub.name}" has not`;
      reportAt(
        { file, path: ['spec', 'delivery'] },
        { message, remedy: 'use "delivery: application"' },
        report,
      );
    }
    const selector = document.spec.clusters ?? {};
    selector.names?.forEach((name, index) => {
      const path = ['spec', 'clusters', 'names', index];
      checkReference({ file, path, what: 'cluster', name }, files.names.cluster, report);
    });
    selector.environments?.forEach((name, index) => {
      const path = ['spec', 'clusters', 'environments', index];
      if (files.fleet !== undefined)
        checkReference({ file, path, what: 'environment', name }, environments, report);
    });
    for (const label of Object.keys(selector.labels ?? {})) checkLabel({ file, unit, label }, labels, report);
  }
}

function unitsByApplicationSet(fleet: FleetModel): ReadonlyMap<string, Unit> {
  const units: readonly Unit[] = [...fleet.addons, ...fleet.applications];
  return new Map(
    units.filter(({ delivery }) => delivery === 'applicationset').map((unit) => [unit.name, unit]),
  );
}

function checkLabel(
  { file, unit, label }: { readonly file: YamlFile; readonly unit: string; readonly label: string },
  known: ReadonlySet<string>,
  report: Report,
): void {
  const path = ['spec', 'clusters', 'labels', label];
  const isAddonLabel = label.startsWith(ADDON_LABEL_PREFIX);
  if (isAddonLabel && label !== `${ADDON_LABEL_PREFIX}${unit}`) {
    const remedy = `use "${ADDON_LABEL_PREFIX}${unit}", and "dependsOn" for what it needs`;
    reportAt({ file, path }, { message: `"${label}" switches another addon on`, remedy }, report);
  } else if (!isAddonLabel) {
    checkReference({ file, path, what: 'cluster label', name: label }, known, report);
  }
}
