import type { PlanContext } from '../plan/context.ts';
import { sourceSteps } from '../plan/git-source.ts';
import type { Phase } from '../plan/step.ts';
import { engineClusters, engineUnits } from './engines.ts';
import { networkUnits } from './network.ts';
import { PREFLIGHT } from './preflight.ts';

/** Fetches what is installed from git before there is a delivery engine that could. */
export function sourcesPhase(context: PlanContext): Phase {
  const network = context.members.flatMap(({ cluster }) => networkUnits(context, cluster));
  const engines = (['argocd', 'flux'] as const).flatMap((engine) =>
    engineClusters(context, engine).flatMap(({ cluster }) => engineUnits(context, engine, cluster)),
  );
  const steps = sourceSteps(context.paths, [...network, ...engines], PREFLIGHT);
  return { id: 'sources', title: 'Sources', steps };
}
