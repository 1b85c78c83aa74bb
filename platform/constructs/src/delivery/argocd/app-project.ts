import { type FleetModel, targetsOf, type Unit, unitsOf } from '@drydock/model';
import { platformLabels } from '../../labels.ts';
import type { Manifest } from '../../manifest.ts';
import { ARGOCD_NAMESPACE, IN_CLUSTER } from './application.ts';
import { clusterKinds, namespacedKinds, type ResourceKind } from './project-kinds.ts';
import { DRYDOCK_PROJECT } from './root-application.ts';
import { ADDONS_PROJECT, destinationName, projectOf } from './unit-application.ts';

interface ProjectProps {
  readonly name: string;
  readonly description: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly { readonly name: string; readonly namespace: string }[];
  readonly clusterKinds: readonly ResourceKind[];
  readonly namespacedKinds: readonly ResourceKind[];
}

/** One closed AppProject per team, one for the addons, one for Drydock: only what is in use is allowed. */
export function appProjects(fleet: FleetModel): readonly Manifest[] {
  const teams = fleet.teams.map(({ name, displayName }) =>
    unitProject(fleet, name, `Applications of ${displayName}`),
  );
  return [drydockProject(fleet), unitProject(fleet, ADDONS_PROJECT, 'Addons of the platform'), ...teams];
}

function unitProject(fleet: FleetModel, name: string, description: string): Manifest {
  const units = unitsOf(fleet).filter((unit) => projectOf(unit) === name);
  return appProject({
    name,
    description,
    sourceRepos: unique([fleet.repository, ...units.flatMap(foreignRepositories)]),
    destinations: destinations(fleet, units),
    clusterKinds: clusterKinds(units),
    namespacedKinds: namespacedKinds(units),
  });
}

function drydockProject(fleet: FleetModel): Manifest {
  return appProject({
    name: DRYDOCK_PROJECT,
    description: 'The root Applications of the clusters',
    sourceRepos: [fleet.repository],
    destinations: [{ name: IN_CLUSTER, namespace: ARGOCD_NAMESPACE }],
    clusterKinds: [],
    namespacedKinds: [
      { group: 'argoproj.io', kind: 'Application' },
      { group: 'argoproj.io', kind: 'ApplicationSet' },
    ],
  });
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/project.yaml */
function appProject(props: ProjectProps): Manifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: props.name,
      namespace: ARGOCD_NAMESPACE,
      labels: platformLabels(props.name),
    },
    spec: {
      description: props.description,
      sourceRepos: props.sourceRepos,
      destinations: props.destinations,
      clusterResourceWhitelist: props.clusterKinds,
      namespaceResourceWhitelist: props.namespacedKinds,
    },
  };
}

function destinations(fleet: FleetModel, units: readonly Unit[]): ProjectProps['destinations'] {
  const pairs = units.flatMap((unit) =>
    targetsOf(fleet, unit).flatMap((cluster) =>
      namespacesOf(unit).map((namespace) => `${destinationName(cluster)} ${namespace}`),
    ),
  );
  return unique(pairs).map((pair) => {
    const [name = '', namespace = ''] = pair.split(' ');
    return { name, namespace };
  });
}

/** Charts put roles for leader election and API aggregation into kube-system, whatever their own namespace. */
function namespacesOf(unit: Unit): readonly string[] {
  return unit.kind === 'Addon' ? [unit.namespace, 'kube-system'] : [unit.namespace];
}

function foreignRepositories(unit: Unit): readonly string[] {
  if (unit.kind === 'Application') return [];
  const chart = unit.chart === undefined ? [] : [unit.chart.repository.replace(/^oci:\/\//, '')];
  return unit.git === undefined ? chart : [...chart, unit.git.repository];
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
