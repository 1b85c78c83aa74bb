import { findCycles } from './cycle.ts';
import type { FleetDocument } from './fleet.ts';
import type { Declared, FleetFiles, Report } from './fleet-files.ts';
import { checkReference, duplicates, reportAt } from './reference.ts';

/** The PromotionStrategy: known and acyclic environments, each with a cluster, and waves of clusters that belong to them. */
export function checkEnvironments(files: FleetFiles, report: Report): void {
  const { fleet } = files;
  if (fleet === undefined) return;
  const { environments } = fleet.document.spec;
  const names = environments.map(({ name }) => name);
  for (const { name, index } of duplicates(names)) {
    const path = ['spec', 'environments', index, 'name'];
    reportAt({ file: fleet.file, path }, { message: `duplicate environment "${name}"` }, report);
  }
  checkOrder(fleet, new Set(names), report);
  checkPopulation(fleet, files, report);
  checkWaves(fleet, files, report);
}

function checkOrder(fleet: Declared<FleetDocument>, names: ReadonlySet<string>, report: Report): void {
  const { environments } = fleet.document.spec;
  environments.forEach(({ after }, index) => {
    after.forEach((name, at) => {
      const path = ['spec', 'environments', index, 'after', at];
      checkReference({ file: fleet.file, path, what: 'environment', name }, names, report);
    });
  });
  const edges = new Map(environments.map(({ name, after }) => [name, after] as const));
  for (const cycle of findCycles(edges)) {
    const path = ['spec', 'environments', environments.findIndex(({ name }) => name === cycle[0]), 'after'];
    reportAt(
      { file: fleet.file, path },
      { message: `environments in a cycle: ${cycle.join(' => ')}` },
      report,
    );
  }
}

function checkPopulation(fleet: Declared<FleetDocument>, files: FleetFiles, report: Report): void {
  if (files.clusters.length < files.names.cluster.size) return;
  const populated = new Set(files.clusters.map(({ document }) => document.spec.environment));
  fleet.document.spec.environments.forEach(({ name }, index) => {
    if (populated.has(name)) return;
    const path = ['spec', 'environments', index];
    const remedy = `give a cluster "environment: ${name}", or remove the environment`;
    reportAt({ file: fleet.file, path }, { message: `environment "${name}" has no cluster`, remedy }, report);
  });
}

function checkWaves(fleet: Declared<FleetDocument>, files: FleetFiles, report: Report): void {
  const home = new Map(files.clusters.map(({ name, document }) => [name, document.spec.environment]));
  fleet.document.spec.environments.forEach(({ name: environment, waves }, index) => {
    const seen = new Set<string>();
    waves.forEach((wave, waveIndex) => {
      wave.forEach((name, at) => {
        const path = ['spec', 'environments', index, 'waves', waveIndex, at];
        const place = { file: fleet.file, path };
        if (!checkReference({ ...place, what: 'cluster', name }, files.names.cluster, report)) return;
        const actual = home.get(name);
        if (actual !== undefined && actual !== environment) {
          reportAt(
            place,
            { message: `expected a cluster of "${environment}", got "${name}" of "${actual}"` },
            report,
          );
        }
        if (seen.has(name)) reportAt(place, { message: `cluster "${name}" is in two waves` }, report);
        seen.add(name);
      });
    });
  });
}
