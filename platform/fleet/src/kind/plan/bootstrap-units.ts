import { synthUnit } from '@drydock/constructs';
import { type Cluster, type FleetModel, isJsonObject, type JsonObject, type Unit } from '@drydock/model';
import { parseAllDocuments } from 'yaml';
import { addonOn } from '../network.ts';
import type { PlanContext } from './context.ts';
import { hasChart, helmInstall, isInstalled } from './helm.ts';
import { apply } from './kubectl.ts';
import type { Step } from './step.ts';

/** An addon and everything it depends on, in the order in which they are installed. */
export function installOrder(fleet: FleetModel, cluster: Cluster, names: readonly string[]): readonly Unit[] {
  const ordered = new Map<string, Unit>();
  const visit = (name: string): void => {
    const addon = addonOn(fleet, cluster, name);
    if (addon === undefined || ordered.has(name)) return;
    addon.dependsOn.forEach(visit);
    ordered.set(name, addon);
  };
  names.forEach(visit);
  return [...ordered.values()];
}

export interface BootstrapStepOptions {
  readonly id: string;
  readonly needs: readonly string[];
}

/** Installs one addon before there is a delivery engine, as that engine would. */
export function bootstrapStep(
  { fleet, paths }: PlanContext,
  { unit, cluster }: { readonly unit: Unit; readonly cluster: Cluster },
  { id, needs }: BootstrapStepOptions,
): Step {
  const objects = unitManifests(fleet, unit, cluster);
  const applied = objects.length === 0 ? [] : [apply(paths, cluster.name, objects)];
  const title = `install ${unit.name} on ${cluster.name}`;
  if (unit.kind !== 'Addon' || !hasChart(unit)) return { id, needs, title, calls: applied };
  const helm = { fleet, addon: unit, cluster, paths };
  const unless = isInstalled(helm);
  return { id, needs, title, unless, calls: [...helmInstall(helm), ...applied] };
}

/** The objects of a unit beside its chart, as they lie on the environment branch. */
function unitManifests(fleet: FleetModel, unit: Unit, cluster: Cluster): readonly JsonObject[] {
  const { files } = synthUnit(fleet, unit, cluster);
  const own = Object.entries(files).filter(
    ([path]) => path.startsWith(`units/${unit.name}/`) && !path.startsWith(`units/${unit.name}/chart/`),
  );
  return own.flatMap(([, text]) => documentsOf(text));
}

/** The objects in a YAML text. */
export function documentsOf(text: string): readonly JsonObject[] {
  const values = parseAllDocuments(text).map((document): unknown => document.toJS());
  return values.filter((value): value is JsonObject => isJsonObject(value as JsonObject));
}
