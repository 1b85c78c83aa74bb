import { ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION, Entity } from '@backstage/catalog-model';
import type {
  FleetClusterView,
  FleetTeamView,
  FleetUnitView,
  FleetView,
} from '@drydock/plugin-promotion-common';

/** Names the unit on entities of the catalog; the promotion plugin shows its cards where it is set. */
export const ANNOTATION_UNIT = 'drydock.dev/unit';
/** Who owns what no team owns. */
export const PLATFORM_TEAM = 'platform';

/** Everything that the files of a fleet declare, as entities: no live state, no kinds of our own. */
export function entitiesOf(fleet: FleetView): Entity[] {
  return [
    domain(fleet),
    ...groups(fleet),
    ...users(fleet),
    ...fleet.environments.map(({ name, gates }) => environment(name, gates)),
    ...fleet.clusters.map(cluster),
    ...systems(fleet),
    ...fleet.units.filter(({ clusters }) => clusters.length > 0).map(unit => component(fleet, unit)),
  ];
}

function entity(
  kind: string,
  metadata: Entity['metadata'],
  spec: Entity['spec'],
  file = 'clusters/fleet.yaml',
): Entity {
  const location = `drydock:${file}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
    spec,
  };
}

function domain({ name }: FleetView): Entity {
  return entity('Domain', { name, description: `The fleet ${name}` }, { owner: PLATFORM_TEAM });
}

function groups({ teams }: FleetView): Entity[] {
  const all: FleetTeamView[] = [
    ...teams.filter(({ name }) => name !== PLATFORM_TEAM),
    { name: PLATFORM_TEAM, displayName: 'Platform' },
  ];
  return all.map(({ name, displayName, contact }) =>
    entity(
      'Group',
      {
        name,
        title: displayName,
        ...(contact && { description: `Reach them at ${contact}` }),
      },
      { type: 'team', profile: { displayName }, children: [] },
      teams.some(team => team.name === name) ? `workloads/${name}/team.yaml` : undefined,
    ),
  );
}

/** Users of the access list; an admin belongs to the platform team, a deployer to the teams the grant names. */
function users({ access, teams }: FleetView): Entity[] {
  const names = [...new Set(access.flatMap(({ user }) => user ?? []))];
  return names.map(name => {
    const grants = access.filter(({ user }) => user === name);
    const memberOf = grants.flatMap(grant => {
      if (grant.role === 'admin') return [PLATFORM_TEAM];
      if (grant.role !== 'deployer') return [];
      return grant.teams ?? teams.map(team => team.name);
    });
    const displayName = `${name[0].toUpperCase()}${name.slice(1)}`;
    return entity(
      'User',
      { name, title: displayName },
      { profile: { displayName }, memberOf: [...new Set(memberOf)] },
    );
  });
}

function environment(name: string, gates: readonly string[]): Entity {
  const description = gates.length === 0 ? 'Open to every release' : `Gates: ${gates.join(', ')}`;
  return entity(
    'Resource',
    { name: `environment-${name}`, title: name, description },
    { type: 'environment', owner: PLATFORM_TEAM },
  );
}

function cluster(view: FleetClusterView): Entity {
  const { name, environment: of, role, engine, provider, kubernetesVersion } = view;
  return entity(
    'Resource',
    {
      name: `cluster-${name}`,
      title: name,
      description: `${role}, Kubernetes ${kubernetesVersion}, delivered by ${engine}`,
      labels: { 'drydock.dev/environment': of },
      tags: [role, engine, provider],
    },
    {
      type: 'kubernetes-cluster',
      owner: PLATFORM_TEAM,
      dependencyOf: [`resource:default/environment-${of}`],
    },
    `clusters/${name}/cluster.yaml`,
  );
}

/** One system for each team's applications, and one for the addons. */
function systems({ name: fleet, teams, units }: FleetView): Entity[] {
  const owners = new Set(units.flatMap(({ team }) => team ?? []));
  return [
    entity(
      'System',
      { name: 'addons', title: 'Addons', description: 'What the platform team runs on every cluster' },
      { owner: PLATFORM_TEAM, domain: fleet },
    ),
    ...teams
      .filter(({ name }) => owners.has(name))
      .map(({ name, displayName }) =>
        entity(
          'System',
          { name, title: displayName, description: `Applications of ${displayName}` },
          { owner: name, domain: fleet },
          `workloads/${name}/team.yaml`,
        ),
      ),
  ];
}

/** Where TechDocs finds what is written about an addon. */
function handbookPage(addon: string): Record<string, string> {
  return {
    'backstage.io/techdocs-entity': 'component:default/drydock',
    'backstage.io/techdocs-entity-path': `/addons/${addon}`,
  };
}

function component(fleet: FleetView, unit: FleetUnitView): Entity {
  const { name, kind, team, category, description, namespace, version } = unit;
  const environments = fleet.clusters
    .filter(candidate => unit.clusters.includes(candidate.name))
    .map(candidate => candidate.environment);
  const dependsOn = [
    ...unit.dependsOn.map(other => `component:default/${other}`),
    ...[...new Set(environments)].map(of => `resource:default/environment-${of}`),
  ];
  return entity(
    'Component',
    {
      name,
      description: description || undefined,
      annotations: {
        [ANNOTATION_UNIT]: name,
        'backstage.io/kubernetes-label-selector': `app.kubernetes.io/name=${name}`,
        'backstage.io/kubernetes-namespace': namespace,
        'argocd/app-selector': `drydock.dev/unit=${name}`,
        ...(kind === 'Addon' && handbookPage(name)),
        ...(version && { 'drydock.dev/version': version }),
      },
      tags: [kind === 'Addon' ? 'addon' : 'application', ...(category ? [category] : [])],
    },
    {
      type: kind === 'Addon' ? 'addon' : 'service',
      lifecycle: 'production',
      owner: team ?? PLATFORM_TEAM,
      system: kind === 'Addon' ? 'addons' : team,
      dependsOn,
    },
    unit.file,
  );
}
