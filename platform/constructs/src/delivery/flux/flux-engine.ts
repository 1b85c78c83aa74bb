import type { GitSpec } from '@drydock/model';
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
  const { unit, cluster, chart, git, hasObjects } = delivery;
  const labels = deliveryLabels(unit, cluster);
  const folder = `${cluster.name}/units/${unit.name}`;
  if (chart === undefined && git === undefined) {
    const kustomization = fluxKustomization({
      name: unit.name,
      labels,
      path: folder,
      dependsOn: unit.dependsOn,
    });
    return { delivery: [kustomization], objectsFolder: '', files: {} };
  }
  const name = hasObjects ? `${unit.name}-base` : unit.name;
  const base =
    git === undefined
      ? [fluxKustomization({ name, labels, path: `${folder}/chart`, dependsOn: unit.dependsOn })]
      : gitSource({ name, labels, git, dependsOn: unit.dependsOn });
  const objects = { name: unit.name, labels, path: `${folder}/objects`, dependsOn: [name] };
  return {
    delivery: hasObjects ? [...base, fluxKustomization(objects)] : base,
    objectsFolder: 'objects',
    files: chart === undefined ? {} : chartFiles(delivery, chart),
  };
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
