import type { ClusterStatus } from '../provider.ts';
import type { ToolRunner } from '../tools/command.ts';
import { fingerprint } from './made-clusters.ts';
import { kindName } from './names.ts';
import type { ObservedCluster } from './observe.ts';
import { kindConfigs } from './phases/clusters.ts';
import type { PlanContext } from './plan/context.ts';
import { ask } from './plan/kubectl.ts';

export interface ClusterStatusOptions {
  readonly tools: ToolRunner;
  /** Clusters that were made completely → fingerprint of their configuration. */
  readonly made: ReadonlyMap<string, string>;
}

/** How each cluster of the fleet is now. */
export function clusterStatuses(
  context: PlanContext,
  { tools, made }: ClusterStatusOptions,
): Promise<readonly ClusterStatus[]> {
  const wanted = new Map(kindConfigs(context).map((config) => [config.name, fingerprint(config)]));
  const statuses = context.members.map(async (member): Promise<ClusterStatus> => {
    const name = kindName(member);
    const known = knownStatus(name, context.observed.get(name));
    if (known !== undefined) return known;
    const { args, timeLimit } = ask(context.paths, name, 'get', '--raw=/readyz');
    const answer = await tools.run({ tool: 'kubectl', args, timeLimit });
    if (answer.exitCode !== 0) {
      return {
        name,
        state: 'unreachable',
        message: `its API server does not answer; "docker logs ${name}-control-plane" may tell why`,
      };
    }
    const changed = made.get(name) !== wanted.get(name);
    const message =
      'its configuration has changed since it was made; "make kind-down" and "make kind-up" make it anew';
    return { name, state: 'running', ...(changed && { message }) };
  });
  return Promise.all(statuses);
}

/** What Docker alone tells. */
function knownStatus(name: string, observed: ObservedCluster | undefined): ClusterStatus | undefined {
  if (observed === undefined) return { name, state: 'absent' };
  if (!observed.ours) return { name, state: 'foreign', message: 'not made by this fleet and working copy' };
  if (!observed.complete) {
    return { name, state: 'incomplete', message: 'left half-made; "make kind-up" makes it anew' };
  }
  const stopped = observed.nodes.filter(({ running }) => !running);
  if (stopped.length === 0) return undefined;
  return {
    name,
    state: 'stopped',
    message: `${stopped.length} of ${observed.nodes.length} nodes do not run; "make kind-up" starts them`,
  };
}
