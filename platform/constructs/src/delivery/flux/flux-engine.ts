import type { GitSpec } from '@drydock/model';
import { isBeforeChart } from '../../addon-objects.ts';
import { type Manifest, manifestFile } from '../../manifest.ts';
import type { Delivery, DeliveryEngine, DeliveryObjects } from '../delivery-engine.ts';
import { deliveryLabels } from '../delivery-labels.ts';
import { helmRelease } from './helm-release.ts';
import { FLUX_NAMESPACE, fluxKustomization } from './kustomization.ts';

/**
 * Flux: a Kustomization per unit on the cluster itself, named like the unit and ready when the unit is. A chart is a
 * HelmRelease inside of it, so that any unit can wait for any other: a Kustomization cannot depend on a HelmRelease.
 * Objects beside a chart come in a second Kustomization after it, since the chart may bring their kinds.
 */
export const fluxEngine: DeliveryEngine = { name: 'flux', deliver };

function deliver(delivery: Delivery): DeliveryObjects {
  const { unit, cluster, chart, git } = delivery;
  const labels = deliveryLabels(unit, cluster);
  const folder = `${cluster.name}/units/${unit.name}`;
  if (chart === undefined && git === undefined) {
    const kustomization = fluxKustomization({
      name: unit.name,
      labels,
      path: folder,
      dependsOn: unit.dependsOn,
    });
    return { delivery: [kustomization], folderOf: () => '', files: {} };
  }
  return {
    delivery: steps(delivery, { labels, folder }),
    folderOf: (manifest) => (isBeforeChart(manifest) ? 'before' : 'objects'),
    files: { ...(chart === undefined ? {} : chartFiles(delivery, chart)), ...namespaceFile(delivery) },
  };
}

/** What must be there before, the chart or foreign manifests, and what comes after; the last is named like the unit. */
function steps(
  { unit, git, objects }: Delivery,
  { labels, folder }: { readonly labels: Record<string, string>; readonly folder: string },
): readonly Manifest[] {
  const hasBefore = objects.some(isBeforeChart);
  const hasAfter = !objects.every(isBeforeChart);
  const name = hasAfter ? `${unit.name}-base` : unit.name;
  const before = { name: `${unit.name}-before`, labels, path: `${folder}/before`, dependsOn: unit.dependsOn };
  const dependsOn = hasBefore ? [before.name] : unit.dependsOn;
  const base =
    git === undefined
      ? [fluxKustomization({ name, labels, path: `${folder}/chart`, dependsOn })]
      : gitSource({ name, labels, git, dependsOn });
  const after = { name: unit.name, labels, path: `${folder}/objects`, dependsOn: [name] };
  return [
    ...(hasBefore ? [fluxKustomization(before)] : []),
    ...base,
    ...(hasAfter ? [fluxKustomization(after)] : []),
  ];
}

/** What comes before a chart needs the namespace that the chart would make; it outlives the unit. */
function namespaceFile({ unit, objects }: Delivery): DeliveryObjects['files'] {
  if (!objects.some(isBeforeChart)) return {};
  const annotations = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  const namespace: Manifest = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: unit.namespace, annotations },
  };
  return { [`before/${manifestFile(namespace)}`]: [namespace] };
}

function gitSource({ name, labels, git, dependsOn }: GitSourceProps): readonly Manifest[] {
  const repository: Manifest = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace: FLUX_NAMESPACE, labels },
    spec: { interval: '1h', url: git.repository, ref: { tag: git.revision } },
  };
  return [repository, fluxKustomization({ name, labels, path: git.path, source: name, dependsOn })];
}

interface GitSourceProps {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly git: GitSpec;
  readonly dependsOn: readonly string[];
}

function chartFiles(
  { unit, cluster }: Delivery,
  chart: NonNullable<Delivery['chart']>,
): DeliveryObjects['files'] {
  const labels = deliveryLabels(unit, cluster);
  const ignored = unit.kind === 'Addon' ? unit.ignoreDifferences : [];
  const manifests = helmRelease({ name: unit.name, labels, chart, namespace: unit.namespace, ignored });
  return Object.fromEntries(manifests.map((manifest) => [`chart/${manifestFile(manifest)}`, [manifest]]));
}
