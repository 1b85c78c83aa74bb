import { findCycles } from './cycle.ts';
import type { Declared, FleetFiles, Report } from './fleet-files.ts';
import { engineOf, type FleetModel, targetsOf, type Unit } from './fleet-model.ts';
import { checkReference, reportAt } from './reference.ts';
import type { YamlFile } from './yaml-file.ts';

type Depending = Declared<{ readonly spec: { readonly dependsOn: readonly string[] } }>;

/** `dependsOn`: known units, no cycle, and every prerequisite on each cluster of the unit. */
export function checkDependencies(fleet: FleetModel, files: FleetFiles, report: Report): void {
  const known = new Set([...files.names.addon, ...files.names.application]);
  const declared: readonly Depending[] = [...files.addons, ...files.applications];
  const units = new Map<string, Unit>(
    [...fleet.addons, ...fleet.applications].map((unit) => [unit.name, unit]),
  );
  for (const { name: unit, file, document } of declared) {
    document.spec.dependsOn.forEach((name, index) => {
      const place = { file, path: ['spec', 'dependsOn', index] };
      if (!checkReference({ ...place, what: 'unit', name }, known, report)) return;
      checkPrerequisite(fleet, { place, unit: units.get(unit), needed: units.get(name) }, report);
    });
  }
  const edges = new Map(declared.map(({ name, document }) => [name, document.spec.dependsOn] as const));
  for (const cycle of findCycles(edges)) {
    const file = declared.find(({ name }) => name === cycle[0])?.file;
    const message = `units in a cycle: ${cycle.join(' => ')}`;
    if (file !== undefined) reportAt({ file, path: ['spec', 'dependsOn'] }, { message }, report);
  }
}

function checkPrerequisite(
  fleet: FleetModel,
  {
    place,
    unit,
    needed,
  }: { readonly place: Place; readonly unit: Unit | undefined; readonly needed: Unit | undefined },
  report: Report,
): void {
  if (unit === undefined || needed === undefined) return;
  const present = new Set(targetsOf(fleet, needed).map(({ name }) => name));
  const targets = targetsOf(fleet, unit);
  const torn = targets.find((cluster) => engineOf(unit, cluster) !== engineOf(needed, cluster));
  if (torn !== undefined) {
    const message = `"${unit.name}" needs "${needed.name}", which another engine delivers on "${torn.name}"`;
    reportAt(
      place,
      { message, remedy: 'neither engine can wait for the other: give both the same "engine"' },
      report,
    );
  }
  const lacking = targets.filter(({ name }) => !present.has(name));
  if (lacking.length === 0) return;
  const clusters = lacking.map(({ name }) => `"${name}"`).join(', ');
  const message = `"${unit.name}" needs "${needed.name}", which is not on ${clusters}`;
  reportAt(place, { message, remedy: `select the same clusters for "${needed.name}"` }, report);
}

interface Place {
  readonly file: YamlFile;
  readonly path: readonly PropertyKey[];
}
