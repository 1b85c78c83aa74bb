import { kindConfigProblems, portClashes } from '../check-kind-config.ts';
import { mirrorFiles, type PlannedFile } from '../mirror-files.ts';
import { foreignProblems } from '../observe.ts';
import { clustersPhase, kindConfigs } from '../phases/clusters.ts';
import { engineProblems, enginesPhase } from '../phases/engines.ts';
import { gitPhase } from '../phases/git.ts';
import { healthPhase } from '../phases/health.ts';
import { networkPhase } from '../phases/network.ts';
import { portalPhase } from '../phases/portal.ts';
import { preflightPhase } from '../phases/preflight.ts';
import { registerPhase } from '../phases/register.ts';
import { rootsPhase } from '../phases/roots.ts';
import { sourcesPhase } from '../phases/sources.ts';
import { submarinerPhase, submarinerProblems } from '../phases/submariner.ts';
import type { PlanContext } from './context.ts';
import type { Phase } from './step.ts';

/** Everything that `up` does, as data. */
export interface KindPlan {
  readonly files: readonly PlannedFile[];
  readonly phases: readonly Phase[];
  /** Clusters of somebody else that are in the way, one sentence each. */
  readonly foreign: readonly string[];
  /** What else speaks against beginning it, one sentence each. */
  readonly problems: readonly string[];
}

/** Plans the way from what is there to the whole fleet. The same context gives the same plan. */
export function kindPlan(context: PlanContext): KindPlan {
  const phases = [
    preflightPhase(),
    sourcesPhase(context),
    clustersPhase(context),
    networkPhase(context),
    enginesPhase(context),
    gitPhase(context),
    registerPhase(context),
    rootsPhase(context),
    healthPhase(context),
    submarinerPhase(context),
    portalPhase(context),
  ];
  return {
    files: mirrorFiles(context.profile, context.paths),
    phases: phases.filter(({ steps }) => steps.length > 0),
    foreign: foreignProblems(
      context.observed,
      context.members.map(({ cluster }) => cluster.name),
    ),
    problems: planProblems(context),
  };
}

function planProblems(context: PlanContext): readonly string[] {
  const configs = kindConfigs(context);
  return [
    ...configs.flatMap(kindConfigProblems),
    ...portClashes(configs),
    ...engineProblems(context),
    ...submarinerProblems(context),
  ];
}
