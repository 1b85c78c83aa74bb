import { z } from 'zod';
import { grantView } from './views';

/** One Kubernetes cluster. */
export const fleetClusterView = z.object({
  name: z.string(),
  environment: z.string(),
  role: z.enum(['hub', 'spoke']),
  engine: z.enum(['argocd', 'flux']),
  provider: z.string(),
  kubernetesVersion: z.string(),
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
