import type { Application, Cluster, Policies, Problem } from '@drydock/model';
import type { Manifest } from '../manifest.ts';
import { fleetPolicies } from './fleet-policies.ts';

/** What the cluster's policies would refuse of an application, as problems of the file that declares it. */
export function policyProblems(
  policies: Policies,
  { application, cluster }: { readonly application: Application; readonly cluster: Cluster },
  manifests: readonly Manifest[],
): readonly Problem[] {
  return fleetPolicies(policies).flatMap((policy) =>
    manifests.flatMap((manifest) =>
      policy.violations(manifest).map((text) => ({
        file: application.file,
        path: 'spec',
        message: `policy ${policy.name} refuses ${manifest.kind} "${manifest.metadata.name}" on "${cluster.name}": ${text}`,
      })),
    ),
  );
}
