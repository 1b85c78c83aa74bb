import { type Cluster, type FleetModel, type Gate, targetsOf, type Unit } from '@drydock/model';
import { z } from 'zod';

/** What the files of a fleet declare, as the HTTP API answers it. */
export const fleetView = z.object({
  name: z.string(),
  revision: z.string(),
  environments: z.array(
    z.object({
      name: z.string(),
      after: z.array(z.string()),
      gates: z.array(z.string()).describe('One sentence each.'),
    }),
  ),
  clusters: z.array(
    z.object({
      name: z.string(),
      id: z.int(),
      environment: z.string(),
      role: z.enum(['hub', 'spoke']),
      engine: z.enum(['argocd', 'flux']),
      provider: z.string(),
      kubernetesVersion: z.string(),
      podSubnet: z.string(),
      serviceSubnet: z.string(),
    }),
  ),
  units: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['Addon', 'Application']),
      team: z.string().optional(),
      category: z.string().optional(),
      description: z.string(),
      namespace: z.string(),
      version: z.string().optional().describe('Of the chart, or of the image.'),
      dependsOn: z.array(z.string()),
      clusters: z
        .array(z.string())
        .describe('Where it goes; empty for an addon that no cluster has switched on.'),
      file: z.string(),
    }),
  ),
  teams: z.array(z.object({ name: z.string(), displayName: z.string(), contact: z.string().optional() })),
  access: z.array(
    z.object({
      user: z.string().optional(),
      group: z.string().optional(),
      role: z.enum(['viewer', 'deployer', 'approver', 'admin']),
      teams: z.array(z.string()).optional(),
      environments: z.array(z.string()).optional(),
    }),
  ),
});
export type FleetView = z.infer<typeof fleetView>;

/** The fleet at a Revision, without what only the synth needs. */
export function fleetViewOf(fleet: FleetModel, revision: string): FleetView {
  const units: readonly Unit[] = [...fleet.addons, ...fleet.applications];
  return {
    name: fleet.name,
    revision,
    environments: fleet.environments.map(({ name, after, gates }) => ({
      name,
      after: [...after],
      gates: gates.map(gateSentence),
    })),
    clusters: fleet.clusters.map(clusterViewOf),
    units: units.map((unit) => unitViewOf(fleet, unit)),
    teams: fleet.teams.map(({ name, displayName, contact }) => ({
      name,
      displayName,
      ...(contact !== undefined && { contact }),
    })),
    access: fleet.access.map(grantViewOf),
  };
}

function clusterViewOf(cluster: Cluster): FleetView['clusters'][number] {
  const { name, id, environment, role, engine, provider, kubernetesVersion, network } = cluster;
  return { name, id, environment, role, engine, provider, kubernetesVersion, ...network };
}

function unitViewOf(fleet: FleetModel, unit: Unit): FleetView['units'][number] {
  const { name, kind, description, namespace, dependsOn, file } = unit;
  const version = unit.kind === 'Addon' ? unit.chart?.version : versionOfImage(unit.workload.image);
  return {
    name,
    kind,
    ...(unit.kind === 'Addon' ? { category: unit.category } : { team: unit.team }),
    description,
    namespace,
    ...(version !== undefined && { version }),
    dependsOn: [...dependsOn],
    clusters: targetsOf(fleet, unit).map((cluster) => cluster.name),
    file,
  };
}

/** The tag, or the beginning of the digest where there is no tag. */
function versionOfImage(image: string): string | undefined {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag ?? digest?.slice(0, 19);
}

function gateSentence(gate: Gate): string {
  switch (gate.type) {
    case 'health':
      return 'healthy in the environments before';
    case 'soak':
      return `healthy for ${gate.for}`;
    case 'approval':
      return `${gate.count} ${gate.count === 1 ? 'approval' : 'approvals'}${gate.group ? ` of ${gate.group}` : ''}`;
    case 'window':
      return `within its windows (${gate.timeZone})`;
    case 'policy':
      return `policy ${gate.name}`;
    case 'check':
      return `check ${gate.name}`;
    case 'metric':
      return `${gate.name} ${gate.compare} ${gate.threshold} for ${gate.for}`;
  }
}

function grantViewOf({ user, group, role, teams, environments }: FleetModel['access'][number]) {
  return {
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    role,
    ...(teams && { teams: [...teams] }),
    ...(environments && { environments: [...environments] }),
  };
}
