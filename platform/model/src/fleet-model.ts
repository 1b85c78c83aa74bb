import type { Capability, ChartSpec, GitSpec, IgnoredDifference } from './addon.ts';
import type { Environment } from './environment.ts';
import type { Grant, Policies } from './fleet.ts';
import type { JsonObject } from './merge.ts';
import { type Selector, selects } from './selector.ts';
import type { Port, WorkloadDocument } from './workload.ts';

/** One Kubernetes cluster, fully defaulted. */
export interface Cluster {
  readonly name: string;
  /** Unique number from 1 to 255, as Cilium's cluster mesh wants it. */
  readonly id: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly environment: string;
  readonly role: 'hub' | 'spoke';
  readonly engine: 'argocd' | 'flux';
  readonly provider: string;
  readonly kubernetesVersion: string;
  readonly network: { readonly podSubnet: string; readonly serviceSubnet: string };
}

/** What a team owns and whom to ask. */
export interface Team {
  readonly name: string;
  readonly displayName: string;
  readonly contact?: string | undefined;
}

interface UnitBase {
  readonly name: string;
  /** Namespace its objects live in. */
  readonly namespace: string;
  /** Units that must be on the same cluster and ready before. */
  readonly dependsOn: readonly string[];
  readonly clusters: Selector;
  /** How Argo CD gets its Applications. */
  readonly delivery: 'application' | 'applicationset';
  readonly description: string;
  /** The file that declares it, from the root of the repository. */
  readonly file: string;
}

/** Helm values of an addon as they are written: the common ones and what is laid over them. */
export interface AddonValues {
  readonly common: JsonObject;
  readonly byEnvironment: Readonly<Record<string, JsonObject>>;
  readonly byProvider: Readonly<Record<string, JsonObject>>;
}

/** A pinned Helm chart, and the release it is installed as. */
export type Chart = Omit<ChartSpec, 'release'> & { readonly release: string };

/** A component that the platform team owns. */
export interface Addon extends UnitBase {
  readonly kind: 'Addon';
  readonly category: string;
  readonly engine?: 'argocd' | 'flux' | undefined;
  readonly chart?: Chart | undefined;
  readonly git?: GitSpec | undefined;
  /** Whether `objects.ts` beside its file makes objects of its own. */
  readonly hasObjects: boolean;
  readonly crds?: { readonly installedBy: string; readonly names: readonly string[] } | undefined;
  readonly provides: readonly Capability[];
  readonly ignoreDifferences: readonly IgnoredDifference[];
  readonly values: AddonValues;
}

/** A {@link WorkloadDocument} with its shorthands resolved. */
export type Workload = Omit<WorkloadDocument, 'port' | 'ports'> & { readonly ports: readonly Port[] };

/** A workload that a team owns. */
export interface Application extends UnitBase {
  readonly kind: 'Application';
  readonly team: string;
  /** What runs where no overlay says otherwise. */
  readonly workload: Workload;
  /** What runs in the environments that have an overlay, complete. */
  readonly workloads: Readonly<Record<string, Workload>>;
}

/** The thing that is released and promoted. */
export type Unit = Addon | Application;

/** Everything the files of a fleet say: flattened, fully defaulted, frozen, in order of name. */
export interface FleetModel {
  readonly name: string;
  /** URL under which delivery engines read the environment branches. */
  readonly repository: string;
  readonly environments: readonly Environment[];
  readonly clusters: readonly Cluster[];
  /** The whole catalogue, also what no cluster has switched on. */
  readonly addons: readonly Addon[];
  readonly applications: readonly Application[];
  readonly teams: readonly Team[];
  readonly policies: Policies;
  readonly access: readonly Grant[];
}

/** The units that at least one cluster gets, sorted by name. An addon that is switched on nowhere is not one of them. */
export function unitsOf(fleet: FleetModel): readonly Unit[] {
  const units: readonly Unit[] = [...fleet.addons, ...fleet.applications];
  return units.filter((unit) => targetsOf(fleet, unit).length > 0).sort(byName);
}

/** The clusters that a unit goes to, sorted by name. */
export function targetsOf(fleet: FleetModel, unit: Unit): readonly Cluster[] {
  return fleet.clusters.filter((cluster) => selects(unit.clusters, cluster)).sort(byName);
}

/** What the addons of a cluster make possible there. */
export function capabilitiesOf(fleet: FleetModel, cluster: Cluster): ReadonlySet<Capability> {
  const present = fleet.addons.filter((addon) => selects(addon.clusters, cluster));
  return new Set(present.flatMap(({ provides }) => provides));
}

/** Which engine delivers a unit to a cluster: an addon's own choice, else the cluster's. */
export function engineOf(unit: Unit, cluster: Cluster): 'argocd' | 'flux' {
  return (unit.kind === 'Addon' ? unit.engine : undefined) ?? cluster.engine;
}

/** What an application runs in an environment. */
export function workloadIn(application: Application, environment: string): Workload {
  return application.workloads[environment] ?? application.workload;
}

/**
 * The given clusters of an environment in the order in which they are promoted. Clusters that no wave names come
 * together in a last wave; waves without any of the given clusters are left out.
 */
export function wavesOf(
  environment: Environment,
  clusterNames: readonly string[],
): readonly (readonly string[])[] {
  const named = new Set(environment.waves.flat());
  const rest = clusterNames.filter((name) => !named.has(name)).sort();
  const waves = environment.waves.map((wave) => wave.filter((name) => clusterNames.includes(name)));
  return [...waves, rest].filter((wave) => wave.length > 0);
}

/** Compares by name, by code unit, so that the order is the same on every machine. */
export function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
