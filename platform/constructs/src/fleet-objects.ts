import { type Cluster, engineOf, type FleetModel, targetsOf, unitsOf } from '@drydock/model';
import { appProjects } from './delivery/argocd/app-project.ts';
import { ARGOCD_NAMESPACE } from './delivery/argocd/application.ts';
import { unitApplicationSet } from './delivery/argocd/application-set.ts';
import { rootApplication } from './delivery/argocd/root-application.ts';
import { platformLabels } from './labels.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { yamlText } from './yaml-text.ts';

/**
 * What the hub needs before any environment: its namespaces, the AppProjects, and the root Application of every
 * cluster. Path on the branch `fleet` → content.
 */
export function synthFleetObjects(fleet: FleetModel): Readonly<Record<string, string>> {
  const roots = fleet.clusters
    .filter((cluster) => usesArgocd(fleet, cluster))
    .map((cluster) => rootApplication(fleet, cluster));
  const manifests: readonly Manifest[] = [
    argocdNamespace(),
    ...appProjects(fleet),
    ...roots,
    ...applicationSets(fleet),
  ];
  const files = manifests.map(
    (manifest) => [`bootstrap/${manifestFile(manifest)}`, yamlText(manifest)] as const,
  );
  return Object.fromEntries(files.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function argocdNamespace(): Manifest {
  const metadata = { name: ARGOCD_NAMESPACE, labels: platformLabels(ARGOCD_NAMESPACE) };
  return { apiVersion: 'v1', kind: 'Namespace', metadata };
}

function applicationSets(fleet: FleetModel): readonly Manifest[] {
  const units = unitsOf(fleet).filter(({ delivery }) => delivery === 'applicationset');
  const delivered = units.filter((unit) =>
    targetsOf(fleet, unit).some((cluster) => engineOf(unit, cluster) === 'argocd'),
  );
  return delivered.map((unit) => unitApplicationSet(fleet, unit));
}

function usesArgocd(fleet: FleetModel, cluster: Cluster): boolean {
  const units = unitsOf(fleet).filter((unit) => targetsOf(fleet, unit).includes(cluster));
  return cluster.engine === 'argocd' || units.some((unit) => engineOf(unit, cluster) === 'argocd');
}
