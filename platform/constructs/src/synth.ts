import {
  addonValues,
  byName,
  type Cluster,
  engineOf,
  type FleetModel,
  type GitSpec,
  type Problem,
  targetsOf,
  type Unit,
  unitsOf,
} from '@drydock/model';
import type { AddonObjectsByName } from './addon-objects.ts';
import { argocdEngine } from './delivery/argocd/argocd-engine.ts';
import type { DeliveredChart, DeliveryEngine } from './delivery/delivery-engine.ts';
import { deliveryFolder } from './delivery/delivery-folder.ts';
import { fluxEngine } from './delivery/flux/flux-engine.ts';
import type { Manifest } from './manifest.ts';
import { ObjectCache } from './object-cache.ts';
import { policyProblems } from './policy/policy-problems.ts';
import { yamlText } from './yaml-text.ts';

const ENGINES: Readonly<Record<DeliveryEngine['name'], DeliveryEngine>> = {
  argocd: argocdEngine,
  flux: fluxEngine,
};

/** A unit on a cluster as files: path below the cluster's folder of the environment branch → content. */
export interface SynthesizedUnit {
  readonly unit: Unit;
  readonly environment: string;
  readonly cluster: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the policies of the fleet would refuse; empty for addons, which are the platform's own business. */
  readonly problems: readonly Problem[];
}

const NO_OBJECTS: AddonObjectsByName = new Map();

/**
 * Synthesizes one unit for one cluster, in memory: sorted, the same bytes every time.
 *
 * @param addonObjects from `loadAddonObjects`; needed for addons that have objects of their own.
 */
export function synthUnit(
  fleet: FleetModel,
  unit: Unit,
  cluster: Cluster,
  addonObjects: AddonObjectsByName = NO_OBJECTS,
): SynthesizedUnit {
  return synthWith(new ObjectCache(fleet, unit, addonObjects), cluster);
}

/**
 * Synthesizes every unit for every cluster it goes to, in order of unit and cluster.
 *
 * @param addonObjects from `loadAddonObjects`; needed for addons that have objects of their own.
 */
export function* synthFleet(
  fleet: FleetModel,
  addonObjects: AddonObjectsByName = NO_OBJECTS,
): Iterable<SynthesizedUnit> {
  for (const unit of unitsOf(fleet)) {
    const cache = new ObjectCache(fleet, unit, addonObjects);
    for (const cluster of [...targetsOf(fleet, unit)].sort(byName)) yield synthWith(cache, cluster);
  }
}

function synthWith(cache: ObjectCache, cluster: Cluster): SynthesizedUnit {
  const { fleet, unit } = cache;
  const objects = cache.objectsOn(cluster);
  const manifests = objects.map(({ manifest }) => manifest);
  const engine = ENGINES[engineOf(unit, cluster)];
  const chart = deliveredChart(fleet, unit, cluster);
  const wanted = engine.deliver({ fleet, unit, cluster, chart, git: gitOf(unit), objects: manifests });
  const files = new Map<string, string>();
  const add = (path: string, text: string): void => {
    if (files.has(path)) throw new Error(`two objects of unit "${unit.name}" want the file ${path}`);
    files.set(path, text);
  };
  if (wanted.delivery.length > 0) {
    add(`${deliveryFolder(engine.name, cluster)}/${unit.name}.yaml`, yamlTexts(wanted.delivery));
  }
  for (const { manifest, file, text } of objects) {
    const folder = ['units', unit.name, wanted.folderOf(manifest)].filter((part) => part !== '').join('/');
    add(`${folder}/${file}`, text);
  }
  for (const [path, text] of Object.entries(wanted.texts ?? {})) add(`units/${unit.name}/${path}`, text);
  for (const [path, manifests] of Object.entries(wanted.files))
    add(`units/${unit.name}/${path}`, yamlTexts(manifests));
  const sorted = [...files].sort(([left], [right]) => (left < right ? -1 : 1));
  const problems =
    unit.kind === 'Addon'
      ? []
      : policyProblems(
          fleet.policies,
          { application: unit, cluster },
          objects.map(({ manifest }) => manifest),
        );
  const place = { environment: cluster.environment, cluster: cluster.name };
  return { unit, ...place, files: Object.fromEntries(sorted), problems };
}

function yamlTexts(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => yamlText(manifest)).join('---\n');
}

function gitOf(unit: Unit): GitSpec | undefined {
  return unit.kind === 'Addon' ? unit.git : undefined;
}

function deliveredChart(fleet: FleetModel, unit: Unit, cluster: Cluster): DeliveredChart | undefined {
  if (unit.kind !== 'Addon' || unit.chart === undefined) return undefined;
  return { ...unit.chart, values: addonValues(fleet, unit, cluster) };
}
