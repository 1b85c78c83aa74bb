import { ADDON_LABEL_PREFIX } from './addon.ts';
import type { FleetFiles, Report } from './fleet-files.ts';
import {
  type Addon,
  type AddonValues,
  type Application,
  byName,
  type Cluster,
  type FleetModel,
  type Team,
} from './fleet-model.ts';
import { workloadsOf } from './workloads.ts';

/** Flattens the files of a fleet and fills in what they leave out. Needs `files.fleet`. */
export function buildFleet(files: FleetFiles, report: Report): FleetModel {
  const spec = files.fleet?.document.spec;
  const name = files.fleet?.name ?? 'fleet';
  return {
    name,
    repository: spec?.repository ?? `http://git.drydock.internal/${name}.git`,
    environments: spec?.environments ?? [],
    clusters: files.clusters.map(buildCluster).sort(byName),
    addons: files.addons.map((addon) => buildAddon(addon, files)).sort(byName),
    applications: files.applications.map((application) => buildApplication(application, report)).sort(byName),
    teams: files.teams.map(buildTeam).sort(byName),
    policies: spec?.policies ?? { registries: [], signatures: [] },
    access: spec?.access ?? [],
  };
}

function buildCluster({ name, document }: FleetFiles['clusters'][number]): Cluster {
  return { name, labels: document.metadata.labels, ...document.spec };
}

function buildTeam({ name, document }: FleetFiles['teams'][number]): Team {
  return { name, displayName: document.spec.displayName ?? name, contact: document.spec.contact };
}

function buildAddon({ name, file, document }: FleetFiles['addons'][number], files: FleetFiles): Addon {
  const { chart, clusters, ...spec } = document.spec;
  return {
    kind: 'Addon',
    name,
    file: file.file,
    ...spec,
    clusters: clusters ?? { labels: { [`${ADDON_LABEL_PREFIX}${name}`]: 'enabled' } },
    chart: chart === undefined ? undefined : { ...chart, release: chart.release ?? name },
    hasObjects: files.objects.has(name),
    values: valuesOf(name, files),
  };
}

function valuesOf(addon: string, files: FleetFiles): AddonValues {
  const own = files.values.filter((values) => values.addon === addon);
  const scoped = (kind: 'environment' | 'provider') =>
    Object.fromEntries(
      own.flatMap(({ scope, values }) => (scope.kind === kind ? [[scope.name, values] as const] : [])),
    );
  return {
    common: own.find(({ scope }) => scope.kind === 'common')?.values ?? {},
    byEnvironment: scoped('environment'),
    byProvider: scoped('provider'),
  };
}

function buildApplication(declared: FleetFiles['applications'][number], report: Report): Application {
  const { name, team, file, document } = declared;
  const { description, namespace, clusters, dependsOn, delivery } = document.spec;
  return {
    kind: 'Application',
    name,
    team,
    file: file.file,
    description: description ?? '',
    namespace: namespace ?? name,
    dependsOn,
    delivery,
    clusters: clusters ?? { roles: ['spoke'] },
    ...workloadsOf(declared, report),
  };
}
