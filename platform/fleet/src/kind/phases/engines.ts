import { type Addon, type Cluster, targetsOf, type Unit, unitsOf } from '@drydock/model';
import type { Member } from '../members.ts';
import { bootstrapStep, installOrder } from '../plan/bootstrap-units.ts';
import { hostsOf, ids, type PlanContext } from '../plan/context.ts';
import type { Phase, Step } from '../plan/step.ts';
import { networkUnits } from './network.ts';

/** The addon that is each delivery engine. */
export const ENGINE_ADDONS = { argocd: 'argo-cd', flux: 'flux' } as const;
export type Engine = keyof typeof ENGINE_ADDONS;

/** Argo CD where it delivers from, Flux where it delivers to. */
export function enginesPhase(context: PlanContext): Phase {
  const steps = (['argocd', 'flux'] as const).flatMap((engine) =>
    engineClusters(context, engine).flatMap(({ cluster }) => engineSteps(context, engine, cluster)),
  );
  return { id: 'engines', title: 'Delivery engines', steps };
}

/** The clusters on which an engine has to run. */
export function engineClusters(context: PlanContext, engine: Engine): readonly Member[] {
  if (engine === 'flux') return context.members.filter(({ cluster }) => usesEngine(context, cluster, 'flux'));
  const hosts = new Set(
    context.members.filter(({ cluster }) => usesEngine(context, cluster, 'argocd')).map(({ host }) => host),
  );
  return hostsOf(context).filter(({ cluster }) => hosts.has(cluster));
}

/** Whether anything on a cluster is delivered by an engine. */
export function usesEngine({ fleet }: PlanContext, cluster: Cluster, engine: Engine): boolean {
  if (cluster.engine === engine) return true;
  const units = unitsOf(fleet).filter((unit) => targetsOf(fleet, unit).includes(cluster));
  return units.some((unit) => unit.kind === 'Addon' && unit.engine === engine);
}

/** What is missing in the catalogue. */
export function engineProblems(context: PlanContext): readonly string[] {
  return (['argocd', 'flux'] as const).flatMap((engine) => {
    const clusters = engineClusters(context, engine);
    const addon = engineAddon(context, engine);
    if (clusters.length === 0 || addon?.chart !== undefined) return [];
    return [
      `addons/${ENGINE_ADDONS[engine]}/addon.yaml: expected an addon with a chart, since ${clusters.map(({ cluster }) => cluster.name).join(', ')} needs it`,
    ];
  });
}

/** The engine of a cluster and what it depends on, beyond the units of the network. */
export function engineUnits(context: PlanContext, engine: Engine, cluster: Cluster): readonly Unit[] {
  const addon = engineAddon(context, engine);
  if (addon === undefined) return [];
  const network = new Set(networkUnits(context, cluster));
  return [
    ...installOrder(context.fleet, cluster, addon.dependsOn).filter((unit) => !network.has(unit)),
    addon,
  ];
}

/** The engine's dependencies where they go to the cluster, and then the engine, wherever its addon goes. */
function engineSteps(context: PlanContext, engine: Engine, cluster: Cluster): readonly Step[] {
  const units = engineUnits(context, engine, cluster);
  const steps: Step[] = [];
  for (const [index, unit] of units.entries()) {
    const isEngine = index === units.length - 1;
    const id = isEngine ? ids.engine(engine, cluster.name) : `engines/${engine}/${cluster.name}/${unit.name}`;
    const needs = [steps.at(-1)?.id ?? ids.network(cluster.name)];
    steps.push(bootstrapStep(context, { unit, cluster }, { id, needs }));
  }
  return steps;
}

function engineAddon({ fleet }: PlanContext, engine: Engine): Addon | undefined {
  return fleet.addons.find(({ name }) => name === ENGINE_ADDONS[engine]);
}
