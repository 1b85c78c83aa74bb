import type { Declared, FleetFiles, Report } from './fleet-files.ts';
import { type Addon, type FleetModel, targetsOf } from './fleet-model.ts';
import { reportAt } from './reference.ts';
import type { YamlFile } from './yaml-file.ts';

/** Names that the control plane uses itself: `<cluster>.root` is the root Application of a cluster. */
const RESERVED_UNITS = new Set(['root']);
/** AppProjects of the platform; a team's project is named after the team. */
const RESERVED_TEAMS = new Set(['addons', 'default', 'drydock']);
/** Namespaces that exist on every cluster and belong to nobody's application. */
const SYSTEM_NAMESPACES = [
  'argocd',
  'default',
  'flux-system',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];

/** Every name, namespace and Helm release has one owner. */
export function checkOwnership(fleet: FleetModel, files: FleetFiles, report: Report): void {
  checkUnitNames(files, report);
  for (const { name, file } of files.teams) {
    if (RESERVED_TEAMS.has(name)) {
      reportAt({ file, path: ['metadata', 'name'] }, { message: `the name "${name}" is reserved` }, report);
    }
  }
  checkReleases(fleet, files, report);
  checkNamespaces(fleet, files, report);
}

function checkUnitNames(files: FleetFiles, report: Report): void {
  const owners = new Map<string, YamlFile>();
  const units: readonly Declared<unknown>[] = [...files.addons, ...files.applications];
  for (const { name, file } of units) {
    const owner = owners.get(name);
    const place = { file, path: ['metadata', 'name'] };
    const message = `the name "${name}" is taken by ${owner?.file}`;
    if (owner !== undefined)
      reportAt(place, { message, remedy: 'unit names are unique in the fleet' }, report);
    if (RESERVED_UNITS.has(name)) reportAt(place, { message: `the name "${name}" is reserved` }, report);
    owners.set(name, owner ?? file);
  }
}

function checkReleases(fleet: FleetModel, files: FleetFiles, report: Report): void {
  const owners = new Map<string, Addon>();
  for (const addon of fleet.addons) {
    if (addon.chart === undefined) continue;
    const release = `${addon.namespace}/${addon.chart.release}`;
    const owner = owners.get(release);
    owners.set(release, owner ?? addon);
    const file = files.addons.find(({ name }) => name === addon.name)?.file;
    if (owner === undefined || file === undefined) continue;
    const message = `the Helm release "${release}" is addon "${owner.name}" already`;
    reportAt({ file, path: ['spec', 'chart'] }, { message, remedy: 'set "chart.release"' }, report);
  }
}

function checkNamespaces(fleet: FleetModel, files: FleetFiles, report: Report): void {
  const taken = new Map<string, string>(SYSTEM_NAMESPACES.map((name) => [name, 'the platform']));
  for (const addon of fleet.addons)
    taken.set(addon.namespace, taken.get(addon.namespace) ?? `addon "${addon.name}"`);
  for (const application of fleet.applications) {
    const owner = taken.get(application.namespace);
    taken.set(application.namespace, owner ?? `application "${application.name}"`);
    const file = files.applications.find(({ name }) => name === application.name)?.file;
    if (owner === undefined || file === undefined) continue;
    const message = `the namespace "${application.namespace}" belongs to ${owner}`;
    reportAt(
      { file, path: ['spec', 'namespace'] },
      { message, remedy: 'one namespace per application' },
      report,
    );
  }
  checkTargets(fleet, files, report);
}

/** An application that is meant to run and runs nowhere is a mistake; one that waits for a label is not. */
function checkTargets(fleet: FleetModel, files: FleetFiles, report: Report): void {
  for (const application of fleet.applications) {
    if (application.clusters.labels !== undefined || targetsOf(fleet, application).length > 0) continue;
    const file = files.applications.find(({ name }) => name === application.name)?.file;
    const message = `application "${application.name}" goes to no cluster`;
    if (file !== undefined) reportAt({ file, path: ['spec', 'clusters'] }, { message }, report);
  }
}
