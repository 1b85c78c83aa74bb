import type { FleetModel } from '@drydock/model';
import { appProjects } from './delivery/argocd/app-project.ts';
import { ARGOCD_NAMESPACE } from './delivery/argocd/application.ts';
import { rootApplication } from './delivery/argocd/root-application.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { yamlText } from './yaml-text.ts';

/**
 * What the hub needs before any environment: its namespaces, the AppProjects, and the root Application of every
 * cluster. Path on the branch `fleet` → content.
 */
export function synthFleetObjects(fleet: FleetModel): Readonly<Record<string, string>> {
  const roots = fleet.clusters
    .filter(({ engine }) => engine === 'argocd')
    .map((cluster) => rootApplication(fleet, cluster));
  const manifests: readonly Manifest[] = [argocdNamespace(), ...appProjects(fleet), ...roots];
  const files = manifests.map(
    (manifest) => [`bootstrap/${manifestFile(manifest)}`, yamlText(manifest)] as const,
  );
  return Object.fromEntries(files.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function argocdNamespace(): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: ARGOCD_NAMESPACE,
      labels: {
        'app.kubernetes.io/name': ARGOCD_NAMESPACE,
        'app.kubernetes.io/part-of': 'platform',
        'app.kubernetes.io/managed-by': 'drydock',
      },
    },
  };
}
