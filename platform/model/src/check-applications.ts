import type { FleetFiles, Report } from './fleet-files.ts';
import type { Application, FleetModel, Workload } from './fleet-model.ts';
import { checkReference, duplicates, reportAt } from './reference.ts';
import type { YamlFile } from './yaml-file.ts';

/** Applications: an existing team, overlays of existing environments, and ports that exist. */
export function checkApplications(fleet: FleetModel, files: FleetFiles, report: Report): void {
  const environments = new Set(fleet.environments.map(({ name }) => name));
  for (const { name, team, file, document } of files.applications) {
    if (!files.names.team.has(team)) {
      report({
        file: `workloads/${team}/team.yaml`,
        message: `expected this file for the team of application "${name}"`,
      });
    }
    for (const environment of Object.keys(document.spec.overlays)) {
      const path = ['spec', 'overlays', environment];
      if (files.fleet !== undefined) {
        checkReference({ file, path, what: 'environment', name: environment }, environments, report);
      }
    }
    const application = fleet.applications.find(
      (candidate) => candidate.name === name && candidate.team === team,
    );
    if (application !== undefined) checkWorkloads(application, file, report);
  }
}

function checkWorkloads(application: Application, file: YamlFile, report: Report): void {
  checkPorts(application.workload, { file, path: ['spec'] }, report);
  for (const [environment, workload] of Object.entries(application.workloads)) {
    checkPorts(workload, { file, path: ['spec', 'overlays', environment] }, report);
  }
}

interface Place {
  readonly file: YamlFile;
  readonly path: readonly PropertyKey[];
}

function checkPorts(workload: Workload, { file, path }: Place, report: Report): void {
  const names = workload.ports.map(({ name }) => name);
  const numbers = workload.ports.map(({ port, protocol }) => `${port}/${protocol}`);
  for (const { name } of duplicates(names)) {
    reportAt({ file, path: [...path, 'ports'] }, { message: `duplicate port name "${name}"` }, report);
  }
  for (const { name } of duplicates(numbers)) {
    reportAt({ file, path: [...path, 'ports'] }, { message: `duplicate port ${name}` }, report);
  }
  for (const probe of ['readiness', 'liveness', 'startup'] as const) {
    const name = workload.probes[probe]?.port;
    const place = { file, path: [...path, 'probes', probe, 'port'] };
    if (name !== undefined) checkReference({ ...place, what: 'port', name }, new Set(names), report);
  }
  const { autoscaling } = workload;
  if (autoscaling !== undefined && autoscaling.max < autoscaling.min) {
    const message = `expected at least "min" (${autoscaling.min}), got ${autoscaling.max}`;
    reportAt({ file, path: [...path, 'autoscaling', 'max'] }, { message }, report);
  }
}
