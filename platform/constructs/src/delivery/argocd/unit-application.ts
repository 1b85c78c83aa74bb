import type { Cluster, FleetModel, JsonObject, Unit } from '@drydock/model';
import type { Manifest } from '../../manifest.ts';
import type { DeliveredChart, Delivery } from '../delivery-engine.ts';
import { deliveryLabels } from '../delivery-labels.ts';
import { syncWave } from '../sync-wave.ts';
import {
  type ApplicationProps,
  type ApplicationSource,
  argocdApplication,
  type ChartSource,
  type DirectorySource,
  IN_CLUSTER,
} from './application.ts';

/** The AppProject of every addon. */
export const ADDONS_PROJECT = 'addons';

/** The values of a chart in the folder of its unit, where they are not in the Application; no manifest by its name. */
export const VALUES_FILE = 'values.helm';

/** The Application `<cluster>.<unit>` that delivers a unit to a cluster. */
export function unitApplication(delivery: Delivery): Manifest {
  const { fleet, unit, cluster } = delivery;
  return argocdApplication({
    name: `${cluster.name}.${unit.name}`,
    labels: deliveryLabels(unit, cluster),
    annotations: { 'argocd.argoproj.io/sync-wave': String(syncWave(fleet, unit)) },
    sources: sourcesOf(delivery),
    destination: { name: destinationName(cluster), namespace: unit.namespace },
    ...unitPolicy(unit),
  });
}

/** What is the same for a unit on every cluster. */
export function unitPolicy(
  unit: Unit,
): Pick<ApplicationProps, 'project' | 'ignoreDifferences' | 'syncOptions'> {
  return {
    project: projectOf(unit),
    ignoreDifferences: ignoredDifferences(unit),
    ...(unit.kind === 'Addon'
      ? { syncOptions: ['CreateNamespace=true', 'SkipDryRunOnMissingResource=true'] }
      : {}),
  };
}

/**
 * The chart, the foreign manifests, the unit's own objects, and its values file, as far as there are any. One source
 * always follows the environment branch, if only by name: by its commit Argo CD tells which release it has compared.
 */
function sourcesOf({ fleet, unit, cluster, chart, git, objects }: Delivery): readonly ApplicationSource[] {
  const folder = directorySource(fleet, cluster, `units/${unit.name}`);
  const sources: ApplicationSource[] = [];
  if (chart !== undefined) sources.push(chartSource(chart, `$values/${folder.path}/${VALUES_FILE}`));
  if (git !== undefined)
    sources.push({ repoURL: git.repository, targetRevision: git.revision, path: git.path });
  if (objects.length > 0 || sources.length === 0) sources.push(folder);
  const follows = sources.includes(folder);
  if (chart?.valuesIn === 'file' || !follows) {
    const ref = chart?.valuesIn === 'file' ? 'values' : 'branch';
    sources.push({ repoURL: fleet.repository, targetRevision: folder.targetRevision, ref });
  }
  return sources;
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ */
function ignoredDifferences(unit: Unit): readonly JsonObject[] {
  if (unit.kind === 'Application') return [];
  return unit.ignoreDifferences.map(({ group, kind, name, pointers }) => ({
    group,
    kind,
    ...(name === undefined ? {} : { name }),
    jsonPointers: pointers,
  }));
}

/** The AppProject of a unit: its team's, or the one of the addons. */
export function projectOf(unit: Unit): string {
  return unit.kind === 'Application' ? unit.team : ADDONS_PROJECT;
}

/** The name under which the hub's Argo CD knows a cluster. */
export function destinationName(cluster: Cluster): string {
  return cluster.role === 'hub' ? IN_CLUSTER : cluster.name;
}

/** A folder of a cluster on its environment branch. */
export function directorySource(fleet: FleetModel, cluster: Cluster, folder: string): DirectorySource {
  return {
    repoURL: fleet.repository,
    targetRevision: `env/${cluster.environment}`,
    path: `${cluster.name}/${folder}`,
  };
}

/**
 * https://argo-cd.readthedocs.io/en/stable/user-guide/helm/: an OCI registry is written without `oci://`; a values file
 * comes from the source with `ref: values`.
 */
function chartSource(chart: DeliveredChart, valuesFile: string): ChartSource {
  const { repository, name, version, release, skipCrds, valuesIn, values } = chart;
  const content = valuesIn === 'file' ? { valueFiles: [valuesFile] } : { valuesObject: values };
  return {
    repoURL: repository.replace(/^oci:\/\//, ''),
    chart: name,
    targetRevision: version,
    helm: { releaseName: release, ...content, ...(skipCrds ? { skipCrds } : {}) },
  };
}
