import { synthUnit } from '@drydock/constructs';
import {
  type Addon,
  type Cluster,
  type FleetModel,
  isJsonObject,
  type JsonObject,
  type Unit,
} from '@drydock/model';
import { parseAllDocuments } from 'yaml';
import { addonOn } from '../network.ts';
import type { PlanContext } from './context.ts';
import { applyGitSource, sourceId } from './git-source.ts';
import { hasChart, helmInstall, isInstalled } from './helm.ts';
import { apply, holds } from './kubectl.ts';
import { type Check, MINUTE, type Step } from './step.ts';

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

/**
 * Installs one addon before there is a delivery engine, as that engine would. Objects of its own are tried again for a
 * while: their kinds may be registered by what was only just installed.
 */
export function bootstrapStep(
  context: PlanContext,
  { unit, cluster }: { readonly unit: Unit; readonly cluster: Cluster },
  { id, needs }: BootstrapStepOptions,
): Step {
  const { fleet, paths } = context;
  const objects = unitManifests(context, unit, cluster);
  const applied =
    objects.length === 0 ? [] : [{ ...apply(paths, cluster.name, objects), retryFor: 2 * MINUTE }];
  const title = titleOf(context, unit, cluster);
  if (unit.kind !== 'Addon') return { id, needs, title, calls: applied };
  if (unit.git !== undefined) {
    const calls = [...applyGitSource(paths, unit.git, cluster.name), ...applied];
    const unless = crdsExist(context, unit, cluster);
    return { id, title, needs: [...needs, sourceId(unit.git)], calls, ...(unless && { unless }) };
  }
  if (!hasChart(unit)) return { id, needs, title, calls: applied };
  const helm = { fleet, addon: unit, cluster, paths };
  const unless = isInstalled(helm);
  return { id, needs, title, unless, calls: [...helmInstall(helm), ...applied] };
}

function titleOf({ fleet }: PlanContext, unit: Unit, cluster: Cluster): string {
  const title = `install ${unit.name} on ${cluster.name}`;
  if (addonOn(fleet, cluster, unit.name) !== undefined) return title;
  return `${title}; GitOps does not take it over, since the addon does not select the cluster`;
}

/** Whether everything is there that an addon owns: applying it again would undo what was promoted since. */
function crdsExist({ paths }: PlanContext, { crds }: Addon, { name }: Cluster): Check | undefined {
  if (crds === undefined) return undefined;
  return holds(paths, name, ['get', 'customresourcedefinitions', ...crds.names, '--output=name']);
}

/** The objects of a unit beside its chart, as they lie on the environment branch. */
function unitManifests(
  { fleet, addonObjects }: PlanContext,
  unit: Unit,
  cluster: Cluster,
): readonly JsonObject[] {
  const { files } = synthUnit(fleet, unit, cluster, addonObjects);
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
