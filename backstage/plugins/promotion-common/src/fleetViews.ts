import { z } from 'zod';
import { grantView } from './views';

/** One Kubernetes cluster. */
export const fleetClusterView = z.object({
  name: z.string(),
  id: z.number(),
  environment: z.string(),
  role: z.enum(['hub', 'spoke']),
  engine: z.enum(['argocd', 'flux']),
  provider: z.string(),
  kubernetesVersion: z.string(),
  podSubnet: z.string(),
  serviceSubnet: z.string(),
});
export type FleetClusterView = z.infer<typeof fleetClusterView>;

/** A unit as the files of the fleet declare it. */
export const fleetUnitView = z.object({
  name: z.string(),
  kind: z.enum(['Addon', 'Application']),
  team: z.string().optional(),
  category: z.string().optional(),
  description: z.string(),
  namespace: z.string(),
  version: z.string().optional(),
  dependsOn: z.array(z.string()),
  clusters: z.array(z.string()),
  file: z.string(),
});
export type FleetUnitView = z.infer<typeof fleetUnitView>;

/** A team that owns applications. */
export const fleetTeamView = z.object({
  name: z.string(),
  displayName: z.string(),
  contact: z.string().optional(),
});
export type FleetTeamView = z.infer<typeof fleetTeamView>;

/** Everything the files of the fleet declare at the revision that was hydrated last. */
export const fleetView = z.object({
  name: z.string(),
  revision: z.string(),
  environments: z.array(
    z.object({
      name: z.string(),
      after: z.array(z.string()),
      gates: z.array(z.string()),
    }),
  ),
  clusters: z.array(fleetClusterView),
  units: z.array(fleetUnitView),
  teams: z.array(fleetTeamView),
  access: z.array(
    grantView.extend({
      user: z.string().optional(),
      group: z.string().optional(),
    }),
  ),
});
export type FleetView = z.infer<typeof fleetView>;

/** A file of the fleet at the head of main. */
export const fileView = z.object({ revision: z.string(), content: z.string() });
export type FileView = z.infer<typeof fileView>;

/** What a change of files has led to, or would lead to. */
export const changeView = z.object({
  branch: z.string(),
  revision: z.string().optional(),
  patch: z.string(),
});
export type ChangeView = z.infer<typeof changeView>;

/** A file as it is to be; null removes it. */
export interface FileChange {
  readonly path: string;
  readonly content: string | null;
  readonly mustBeNew?: boolean;
}

/** A change of files of the fleet, in one commit. */
export interface ChangeRequest {
  readonly message: string;
  readonly files: readonly FileChange[];
  /** What has changed since this revision is not overwritten. */
  readonly base?: string;
  /** A new branch, for a review; main where it is left out. */
  readonly branch?: string;
  readonly dryRun: boolean;
}
