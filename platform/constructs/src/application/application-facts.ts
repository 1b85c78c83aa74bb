import {
  type Application,
  type Cluster,
  capabilitiesOf,
  type FleetModel,
  substitute,
  variablesOf,
  type Workload,
  workloadIn,
} from '@drydock/model';

/** Another application that this one talks with. */
export interface Peer {
  readonly name: string;
  readonly namespace: string;
}

/**
 * Everything that the objects of an application are made from, and nothing else: where two clusters have equal facts,
 * they get equal objects.
 */
export interface ApplicationFacts {
  readonly name: string;
  readonly team: string;
  readonly namespace: string;
  readonly workload: Workload;
  /** Who may call it. */
  readonly callers: readonly Peer[];
  /** What it may call. */
  readonly callees: readonly Peer[];
  /** Whether the cluster enforces policies at layer 7 (Cilium). */
  readonly layer7: boolean;
  /** Whether Prometheus-style metrics are collected on the cluster. */
  readonly metrics: boolean;
  /** Pod networks whose calls must get through: of the gateway for a meshed route, of other clusters for an export. */
  readonly networks: readonly string[];
}

/**
 * How it scales: as it says. What Flagger steers always has an autoscaler, since Flagger takes the replicas of the
 * Deployment to zero between releases, and git must not put them back (https://docs.flagger.app/faq#gitops).
 */
export function scalingOf({ autoscaling, rollout, replicas }: Workload): Workload['autoscaling'] {
  if (autoscaling !== undefined || rollout.strategy === 'rolling') return autoscaling;
  return { min: Math.max(1, replicas), max: Math.max(1, replicas), cpuPercent: 80 };
}

/** The facts of an application on a cluster. */
export function applicationFacts(
  fleet: FleetModel,
  application: Application,
  cluster: Cluster,
): ApplicationFacts {
  const { name, team, namespace } = application;
  const workload = filledIn(fleet, cluster, workloadIn(application, cluster.environment));
  const capabilities = capabilitiesOf(fleet, cluster);
  const callees = workload.network.to.flatMap((one) => ('application' in one ? [one.application] : []));
  return {
    name,
    team,
    namespace,
    workload,
    callers: peers(fleet, workload.network.from),
    callees: peers(fleet, callees),
    layer7: capabilities.has('layer-7-policies') && needsLayer7(workload),
    metrics: capabilities.has('metrics') && workload.metrics !== undefined,
    networks: networks(fleet, cluster, workload),
  };
}

function filledIn(fleet: FleetModel, cluster: Cluster, workload: Workload): Workload {
  if (workload.expose === undefined) return workload;
  const host = substitute(workload.expose.host, variablesOf(fleet, cluster));
  return { ...workload, expose: { ...workload.expose, host: String(host) } };
}

function peers(fleet: FleetModel, names: readonly string[]): readonly Peer[] {
  if (names.length === 0) return [];
  const known = fleet.applications.filter(({ name }) => names.includes(name));
  return known.map(({ name, namespace }) => ({ name, namespace }));
}

/** Requests within the mesh are encrypted, so only the mesh itself can look at them. */
function needsLayer7({ network, database, mesh }: Workload): boolean {
  return (
    (network.http.length > 0 && !mesh) || network.to.some((one) => 'host' in one) || database !== undefined
  );
}

function networks(
  fleet: FleetModel,
  cluster: Cluster,
  { expose, mesh, exportTo }: Workload,
): readonly string[] {
  const own = expose !== undefined && mesh ? [cluster.network.podSubnet] : [];
  const others = fleet.clusters
    .filter(({ name }) => name !== cluster.name)
    .map(({ network }) => network.podSubnet);
  return exportTo === undefined ? own : [...own, ...others].sort();
}
