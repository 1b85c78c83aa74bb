import { manifestFile } from '../../manifest.ts';
import type { Delivery, DeliveryEngine, DeliveryObjects } from '../delivery-engine.ts';
import { deliveryLabels } from '../delivery-labels.ts';
import { helmRelease } from './helm-release.ts';
import { fluxKustomization } from './kustomization.ts';

/**
 * Flux: a Kustomization per unit on the cluster itself, named like the unit and ready when the unit is. A chart is a
 * HelmRelease inside of it, so that any unit can wait for any other: a Kustomization cannot depend on a HelmRelease.
 * Objects beside a chart come in a second Kustomization after it, since the chart may bring their kinds.
 */
export const fluxEngine: DeliveryEngine = { name: 'flux', deliver };

function deliver(delivery: Delivery): DeliveryObjects {
  const { unit, cluster, chart, hasObjects } = delivery;
  const labels = deliveryLabels(unit, cluster);
  const folder = `${cluster.name}/units/${unit.name}`;
  if (chart === undefined) {
    const kustomization = fluxKustomization({
      name: unit.name,
      labels,
      path: folder,
      dependsOn: unit.dependsOn,
    });
    return { delivery: [kustomization], objectsFolder: '', files: {} };
  }
  const chartStep = hasObjects ? `${unit.name}-chart` : unit.name;
  const steps = [
    fluxKustomization({ name: chartStep, labels, path: `${folder}/chart`, dependsOn: unit.dependsOn }),
  ];
  if (hasObjects) {
    steps.push(
      fluxKustomization({ name: unit.name, labels, path: `${folder}/objects`, dependsOn: [chartStep] }),
    );
  }
  return { delivery: steps, objectsFolder: 'objects', files: chartFiles(delivery, chart) };
}

function chartFiles(
  { unit, cluster }: Delivery,
  chart: NonNullable<Delivery['chart']>,
): DeliveryObjects['files'] {
  const labels = deliveryLabels(unit, cluster);
  const manifests = helmRelease({ name: unit.name, labels, chart, namespace: unit.namespace });
  return Object.fromEntries(manifests.map((manifest) => [`chart/${manifestFile(manifest)}`, [manifest]]));
}
