import { DrydockError } from '@drydock/model';
import { madeClusters } from '../../kind/made-clusters.ts';
import { kindPaths, ownerMount } from '../../kind/names.ts';
import { type ObservedCluster, observeClusters } from '../../kind/observe.ts';
import { type Check, SkippedError } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';
import type { Finding } from '../finding.ts';

/** Kind clusters that are half-made, stopped, no longer of the fleet, or in the way. */
export const kindClustersCheck: Check = {
  name: 'kind-clusters',
  title: 'leftover Kind clusters',
  codes: ['DRY130', 'DRY131'],
  target: 'kind',
  async run(context) {
    const { fleet, root, tools } = context;
    if (fleet === undefined) throw new SkippedError('the files of the fleet do not load');
    const made = await madeClusters(kindPaths(root)).list();
    const mount = ownerMount({ fleet: fleet.name, root });
    const clusters = await observeClusters(tools, mount, new Set(made.keys())).catch((error: unknown) => {
      if (error instanceof DrydockError) throw new SkippedError('Docker does not answer');
      throw error;
    });
    return [...clusters.values()].flatMap((cluster) => clusterFindings(cluster, context));
  },
};

function clusterFindings(
  { name, ours, complete, nodes }: ObservedCluster,
  { fleet, profile }: DoctorContext,
): readonly Finding[] {
  const isOfFleet = fleet?.clusters.some((cluster) => cluster.name === name) === true;
  const isWanted = isOfFleet && (profile?.clusters?.includes(name) ?? true);
  const leftover = (found: string, remedy: string): readonly Finding[] => [
    { code: 'DRY130', severity: 'warning', subject: name, found, remedy },
  ];
  if (!ours) {
    if (!isWanted) return [];
    const found =
      'a Kind cluster of this name exists, and was not made by this fleet and working copy; it is never touched';
    const remedy = `rename yours, or remove that one yourself: kind delete cluster --name ${name}`;
    return [{ code: 'DRY131', severity: 'error', subject: name, found, remedy }];
  }
  if (!isOfFleet) return leftover('made by this fleet, which no longer has it', 'make kind-down');
  if (!complete) return leftover('left half-made', 'make kind-up makes it anew; make kind-down removes it');
  const stopped = nodes.filter(({ running }) => !running).length;
  return stopped === 0 ? [] : leftover(`${stopped} of ${nodes.length} nodes do not run`, 'make kind-up');
}
