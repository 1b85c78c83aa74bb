import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FleetProgress } from '../provider.ts';
import { QUICK, type ToolRunner } from '../tools/command.ts';
import { madeClusters } from './made-clusters.ts';
import { type KindPaths, kindKubeconfig } from './names.ts';
import type { ObservedCluster } from './observe.ts';
import { type PlanClock, runPlan } from './plan/run-plan.ts';
import { MINUTE, type Phase, type Step } from './plan/step.ts';

export interface RemoveOptions {
  readonly tools: ToolRunner;
  readonly clock: PlanClock;
  readonly root: string;
  readonly paths: KindPaths;
  readonly progress: (event: FleetProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The steps that remove clusters. What is not ours is not among them. */
export function removalPhase(observed: readonly ObservedCluster[], paths: KindPaths, root: string): Phase {
  const script = join(root, 'scripts', 'kind-control.ts');
  const control: Step = {
    id: 'down',
    title: 'end the git server and the promoter',
    needs: [],
    calls: [{ tool: 'node', args: [script, 'stop'], timeLimit: MINUTE }],
  };
  const clusters = observed
    .filter(({ ours }) => ours)
    .map(
      ({ name }): Step => ({
        id: `down/${name}`,
        title: `remove cluster ${name}`,
        needs: [control.id],
        calls: [
          {
            tool: 'kind',
            args: ['delete', 'cluster', `--name=${name}`, `--kubeconfig=${kindKubeconfig(paths, name)}`],
            timeLimit: 3 * MINUTE + QUICK,
          },
        ],
      }),
    );
  return { id: 'down', title: 'Down', steps: [control, ...clusters] };
}

/** Removes our clusters and everything that was kept for them. @returns their names */
export async function removeClusters(
  observed: readonly ObservedCluster[],
  { tools, clock, root, paths, progress, signal }: RemoveOptions,
): Promise<readonly string[]> {
  const made = madeClusters(paths);
  const phase = removalPhase(observed, paths, root);
  await runPlan([phase], {
    tools,
    clock,
    progress,
    signal,
    parallel: 4,
    values: new Map(),
    finished: async ({ id }) => {
      if (id.startsWith('down/')) await made.remove(id.slice('down/'.length));
    },
  });
  await rm(paths.home, { recursive: true, force: true });
  return observed.filter(({ ours }) => ours).map(({ name }) => name);
}
