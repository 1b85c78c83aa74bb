import { type Cluster, type Environment, engineOf, targetsOf, unitsOf, wavesOf } from '@drydock/model';
import type { KindPaths } from '../names.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { waitFor } from '../plan/kubectl.ts';
import type { Call, Phase, Step } from '../plan/step.ts';
import type { Engine } from './engines.ts';

/** Minutes for a Release to get somewhere, and to get healthy there. */
const ARRIVAL = 15;
const HEALTH = 15;

/**
 * Waits for health in the order of the PromotionStrategy, wave by wave. Environments that somebody has to approve first
 * are not waited for.
 */
export function healthPhase(context: PlanContext): Phase {
  const steps: Step[] = [];
  for (const environment of openEnvironments(context.fleet.environments)) {
    const clusters = context.members
      .map(({ cluster }) => cluster)
      .filter((cluster) => cluster.environment === environment.name);
    const waves = wavesOf(
      environment,
      clusters.map(({ name }) => name),
    );
    for (const [index, names] of waves.entries()) {
      const members = clusters.filter(({ name }) => names.includes(name));
      const calls = members.flatMap((cluster) => healthCalls(context, cluster));
      if (calls.length === 0) continue;
      steps.push({
        id: `health/${environment.name}/${index + 1}`,
        title: `wait for ${environment.name}, wave ${index + 1}: ${names.join(', ')}`,
        needs: steps.length === 0 ? rootIds(context) : steps.slice(-1).map(({ id }) => id),
        calls,
      });
    }
  }
  return { id: 'health', title: 'Health', steps };
}

/** Gates that open by themselves, and soon. */
const OPENING: ReadonlySet<string> = new Set(['health', 'soak']);

/** Environments that a Release reaches without anybody's word. */
export function openEnvironments(environments: readonly Environment[]): readonly Environment[] {
  const closed = (environment: Environment): boolean =>
    environment.gates.some(({ type }) => !OPENING.has(type)) ||
    environments.some((other) => environment.after.includes(other.name) && closed(other));
  const depth = (environment: Environment): number =>
    1 + Math.max(0, ...environments.filter(({ name }) => environment.after.includes(name)).map(depth));
  return environments.filter((one) => !closed(one)).toSorted((left, right) => depth(left) - depth(right));
}

function healthCalls({ fleet, members, paths }: PlanContext, cluster: Cluster): readonly Call[] {
  const units = unitsOf(fleet).filter((unit) => targetsOf(fleet, unit).includes(cluster));
  const host = members.find((member) => member.cluster === cluster)?.host ?? cluster;
  const of = (engine: Engine) => units.filter((unit) => engineOf(unit, cluster) === engine);
  return [
    ...waitCalls(paths, {
      cluster: host.name,
      namespace: 'argocd',
      resources: of('argocd').map((unit) => `applications.argoproj.io/${cluster.name}.${unit.name}`),
      healthy: '--for=jsonpath={.status.health.status}=Healthy',
    }),
    ...waitCalls(paths, {
      cluster: cluster.name,
      namespace: 'flux-system',
      resources: of('flux').map((unit) => `kustomizations.kustomize.toolkit.fluxcd.io/${unit.name}`),
      healthy: '--for=condition=Ready',
    }),
  ];
}

interface Awaited {
  readonly cluster: string;
  readonly namespace: string;
  readonly resources: readonly string[];
  /** What is waited for once they are there. */
  readonly healthy: string;
}

/**
 * First that each is there, one call for each, since `kubectl wait --for=create` gives up when one of several is not; then
 * that all are healthy, since waiting for a condition fails on what is not there.
 */
function waitCalls(paths: KindPaths, { cluster, namespace, resources, healthy }: Awaited): readonly Call[] {
  if (resources.length === 0) return [];
  const place = `--namespace=${namespace}`;
  const arrivals = resources.map((resource) =>
    waitFor(paths, cluster, { minutes: ARRIVAL, args: ['--for=create', resource, place] }),
  );
  return [...arrivals, waitFor(paths, cluster, { minutes: HEALTH, args: [healthy, ...resources, place] })];
}

function rootIds({ members }: PlanContext): readonly string[] {
  return members.flatMap(({ cluster }) => [ids.root(cluster.name), `roots/flux/${cluster.name}`]);
}
