import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Addon,
  type Cluster,
  type FleetModel,
  InputError,
  isJsonObject,
  type Variable,
  variablesOf,
} from '@drydock/model';
import { App, Chart, type Construct } from './cdk8s.ts';
import { unitLabels } from './labels.ts';
import type { Manifest } from './manifest.ts';

/** What the objects of an addon are made for. */
export interface AddonContext {
  readonly fleet: FleetModel;
  readonly addon: Addon;
  readonly cluster: Cluster;
  /** What `${{ … }}` stands for in values files. */
  readonly variables: Readonly<Record<Variable, string | number>>;
}

const WAVE = 'argocd.argoproj.io/sync-wave';

/** Annotations of an object that must be there before the chart of its addon, such as a Secret that the chart mounts. */
export const BEFORE_CHART: Readonly<Record<string, string>> = { [WAVE]: '-1' };

/** Whether an object carries {@link BEFORE_CHART}. */
export function isBeforeChart({ metadata }: Manifest): boolean {
  const { annotations } = metadata;
  return isJsonObject(annotations) && annotations[WAVE] === BEFORE_CHART[WAVE];
}

/** `addons/<name>/objects.ts` exports one of these as `objects`: it adds an addon's own objects to a scope. */
export type AddonObjects = (scope: Construct, context: AddonContext) => void;

/** The `objects.ts` of every addon that has one, by name of the addon. */
export type AddonObjectsByName = ReadonlyMap<string, AddonObjects>;

/**
 * Loads `objects.ts` of the addons that are switched on somewhere.
 *
 * @throws InputError when one of them does not export a function `objects`.
 */
export async function loadAddonObjects(root: string, fleet: FleetModel): Promise<AddonObjectsByName> {
  const addons = fleet.addons.filter(({ hasObjects }) => hasObjects);
  const entries = await Promise.all(
    addons.map(
      async ({ name, file }) => [name, await loadObjects(join(root, dirname(file), 'objects.ts'))] as const,
    ),
  );
  return new Map(entries);
}

/** The objects of an addon on a cluster: one cdk8s App of its own, in memory. */
export function addonManifests(
  objects: AddonObjects,
  context: Omit<AddonContext, 'variables'>,
): readonly Manifest[] {
  const chart = new Chart(new App(), context.addon.name, { labels: unitLabels(context.addon) });
  objects(chart, { ...context, variables: variablesOf(context.fleet, context.cluster) });
  const manifests = chart.toJson() as Manifest[];
  const { chart: helm, git } = context.addon;
  return helm === undefined && git === undefined ? manifests : manifests.map(afterChart);
}

/** Beside a chart, objects wait for what the chart brings: CRDs, and the webhooks that check them. */
function afterChart(manifest: Manifest): Manifest {
  const { annotations } = manifest.metadata;
  const wave = { [WAVE]: '1' };
  const merged = isJsonObject(annotations) ? { ...wave, ...annotations } : wave;
  return { ...manifest, metadata: { ...manifest.metadata, annotations: merged } };
}

async function loadObjects(path: string): Promise<AddonObjects> {
  const module = (await import(pathToFileURL(path).href)) as { readonly objects?: unknown };
  if (typeof module.objects === 'function') return module.objects as AddonObjects;
  const problem = { file: path, message: 'expected an exported function "objects"' };
  throw new InputError(`failed to load ${path}`, { problems: [problem] });
}
