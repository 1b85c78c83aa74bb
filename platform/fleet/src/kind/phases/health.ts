import {
  type Cluster,
  type Environment,
  engineOf,
  targetsOf,
  type Unit,
  unitsOf,
  wavesOf,
} from '@drydock/model';
import { ids, type PlanContext } from '../plan/context.ts';
import { waitFor } from '../plan/kubectl.ts';
import type { Call, Phase, Step } from '../plan/step.ts';

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

/** Environments that a Release reaches without anybody's word. */
export function openEnvironments(environments: readonly Environment[]): readonly Environment[] {
  const closed = (environment: Environment): boolean =>
    environment.gates.some(({ type }) => type === 'approval') ||
    environments.some((other) => environment.after.includes(other.name) && closed(other));
  const depth = (environment: Environment): number =>
    1 + Math.max(0, ...environments.filter(({ name }) => environment.after.includes(name)).map(depth));
  return environments.filter((one) => !closed(one)).toSorted((left, right) => depth(left) - depth(right));
}

function healthCalls({ fleet, members, paths }: PlanContext, cluster: Cluster): readonly Call[] {
  const units = unitsOf(fleet).filter((unit) => targetsOf(fleet, unit).includes(cluster));
  const host = members.find((member) => member.cluster === cluster)?.host ?? cluster;
  const argocd = units.filter((unit) => engineOf(unit, cluster) === 'argocd');
  const flux = units.filter((unit) => engineOf(unit, cluster) === 'flux');
  return [
    ...waits(argocd, (unit) => `applications.argoproj.io/${cluster.name}.${unit.name}`).map(
      ([name, healthy, minutes]) =>
        waitFor(paths, host.name, {
          minutes,
          args: [
            healthy ? '--for=jsonpath={.status.health.status}=Healthy' : '--for=create',
            ...name,
            '--namespace=argocd',
          ],
        }),
    ),
    ...waits(flux, (unit) => `kustomizations.kustomize.toolkit.fluxcd.io/${unit.name}`).map(
      ([name, healthy, minutes]) =>
        waitFor(paths, cluster.name, {
          minutes,
          args: [healthy ? '--for=condition=Ready' : '--for=create', ...name, '--namespace=flux-system'],
        }),
    ),
  ];
}

type Wait = readonly [names: readonly string[], healthy: boolean, minutes: number];

/** First that they are there, then that they are healthy: waiting for a condition fails on what is not there yet. */
function waits(units: readonly Unit[], resource: (unit: Unit) => string): readonly Wait[] {
  if (units.length === 0) return [];
  const names = units.map(resource);
  return [
    [names, false, ARRIVAL],
    [names, true, HEALTH],
  ];
}

function rootIds({ members }: PlanContext): readonly string[] {
  return members.flatMap(({ cluster }) => [ids.root(cluster.name), `roots/flux/${cluster.name}`]);
}
