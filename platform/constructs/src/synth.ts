import {
  addonValues,
  byName,
  type Cluster,
  type FleetModel,
  targetsOf,
  type Unit,
  unitsOf,
} from '@drydock/model';
import { ApplicationObjects } from './application/application-objects.ts';
import { App, Chart } from './cdk8s.ts';
import { argocdEngine } from './delivery/argocd/argocd-engine.ts';
import type { DeliveredChart, DeliveryEngine } from './delivery/delivery-engine.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { yamlText } from './yaml-text.ts';

/** A unit on a cluster as files: path below the cluster's folder of the environment branch → content. */
export interface SynthesizedUnit {
  readonly unit: Unit;
  readonly environment: string;
  readonly cluster: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Synthesizes one unit for one cluster, in memory: one cdk8s App, sorted, the same bytes every time. */
export function synthUnit(fleet: FleetModel, unit: Unit, cluster: Cluster): SynthesizedUnit {
  const objects = unitObjects(unit, cluster);
  const engine = engineOf(unit, cluster);
  const chart = deliveredChart(fleet, unit, cluster);
  const wanted = engine.deliver({ fleet, unit, cluster, chart, hasObjects: objects.length > 0 });
  const files = new Map<string, string>();
  const add = (path: string, manifests: readonly Manifest[]): void => {
    if (files.has(path)) throw new Error(`two objects of unit "${unit.name}" want the file ${path}`);
    files.set(path, manifests.map((manifest) => yamlText(manifest)).join('---\n'));
  };
  add(`delivery/${unit.name}.yaml`, wanted.delivery);
  const folder = ['units', unit.name, wanted.objectsFolder].filter((part) => part !== '').join('/');
  for (const manifest of objects) add(`${folder}/${manifestFile(manifest, unit.namespace)}`, [manifest]);
  for (const [path, manifests] of Object.entries(wanted.files)) add(`units/${unit.name}/${path}`, manifests);
  const sorted = [...files].sort(([left], [right]) => (left < right ? -1 : 1));
  return { unit, environment: cluster.environment, cluster: cluster.name, files: Object.fromEntries(sorted) };
}

/** Synthesizes every unit for every cluster it goes to, in order of unit and cluster. */
export function* synthFleet(fleet: FleetModel): Iterable<SynthesizedUnit> {
  for (const unit of unitsOf(fleet)) {
    for (const cluster of [...targetsOf(fleet, unit)].sort(byName)) yield synthUnit(fleet, unit, cluster);
  }
}

/** The objects of a unit itself, without those of the delivery engine. */
export function unitObjects(unit: Unit, cluster: Cluster): readonly Manifest[] {
  if (unit.kind === 'Addon') return [];
  const chart = new Chart(new App(), unit.name);
  new ApplicationObjects(chart, 'application', { application: unit, cluster });
  return chart.toJson() as Manifest[];
}

function engineOf(_unit: Unit, _cluster: Cluster): DeliveryEngine {
  return argocdEngine;
}

function deliveredChart(fleet: FleetModel, unit: Unit, cluster: Cluster): DeliveredChart | undefined {
  if (unit.kind !== 'Addon' || unit.chart === undefined) return undefined;
  return { ...unit.chart, values: addonValues(fleet, unit, cluster) };
}
