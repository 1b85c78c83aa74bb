import { type Addon, engineOf, type FleetModel, NotFoundError, suggestion, targetsOf } from '@drydock/model';

/** One line of the catalogue. */
export interface AddonSummary {
  readonly name: string;
  readonly category: string;
  /** Version of the chart or tag of the git source; undefined for an addon of objects only. */
  readonly version: string | undefined;
  readonly description: string;
  /** Clusters that have it. */
  readonly clusters: readonly string[];
}

/** Everything that the catalogue says of an addon. */
export interface AddonDetails extends AddonSummary {
  readonly namespace: string;
  readonly source: string | undefined;
  readonly dependsOn: readonly string[];
  /** Addons and applications that depend on it. */
  readonly neededBy: readonly string[];
  readonly provides: readonly string[];
  readonly crds: readonly string[];
  readonly crdsInstalledBy: string | undefined;
  readonly engines: Readonly<Record<string, 'argocd' | 'flux'>>;
  readonly file: string;
}

/** The catalogue, in order of category and name. */
export function listAddons(fleet: FleetModel): readonly AddonSummary[] {
  const key = ({ category, name }: AddonSummary) => `${category}\0${name}`;
  return fleet.addons
    .map((addon) => summary(fleet, addon))
    .sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

/**
 * One addon of the catalogue.
 *
 * @throws NotFoundError with the nearest name
 */
export function showAddon(fleet: FleetModel, name: string): AddonDetails {
  const addon = findAddon(fleet, name);
  const units = [...fleet.addons, ...fleet.applications];
  const { namespace, dependsOn, provides, crds, file } = addon;
  return {
    ...summary(fleet, addon),
    namespace,
    source: sourceOf(addon),
    dependsOn,
    neededBy: units
      .filter((unit) => unit.dependsOn.includes(name))
      .map((unit) => unit.name)
      .sort(),
    provides,
    crds: crds?.names ?? [],
    crdsInstalledBy: crds?.installedBy,
    engines: Object.fromEntries(
      targetsOf(fleet, addon).map((cluster) => [cluster.name, engineOf(addon, cluster)]),
    ),
    file,
  };
}

/**
 * An addon by name, switched on or not.
 *
 * @throws NotFoundError with the nearest name
 */
export function findAddon(fleet: FleetModel, name: string): Addon {
  const addon = fleet.addons.find((candidate) => candidate.name === name);
  if (addon !== undefined) return addon;
  const names = fleet.addons.map((candidate) => candidate.name);
  throw new NotFoundError(
    `unknown addon "${name}", ${suggestion(name, names) ?? '"drydock addons list" shows them'}`,
  );
}

function summary(fleet: FleetModel, addon: Addon): AddonSummary {
  const { name, category, chart, git, description } = addon;
  const clusters = targetsOf(fleet, addon).map((cluster) => cluster.name);
  return { name, category, version: chart?.version ?? git?.revision, description, clusters };
}

function sourceOf({ chart, git }: Addon): string | undefined {
  if (chart !== undefined) return `${chart.repository.replace(/\/$/, '')}/${chart.name}`;
  return git === undefined ? undefined : `${git.repository}//${git.path}`;
}
