import { quick, type ToolRunner } from '../tools/command.ts';
import { ToolFailedError } from '../tools/tool-errors.ts';

/** A Kind cluster as Docker tells of it. */
export interface ObservedCluster {
  readonly name: string;
  /** Whether its nodes carry the mark of this fleet and working copy. */
  readonly ours: boolean;
  /** Its containers. */
  readonly nodes: readonly { readonly name: string; readonly running: boolean }[];
  /** Whether it is known that it was made completely. */
  readonly complete: boolean;
}

/** Kind's label on every container of a cluster (kind, `pkg/cluster/internal/providers/docker/constants.go`). */
const LABEL = 'io.x-k8s.kind.cluster';
const LIST = ['ps', '--all', '--no-trunc', '--filter', `label=${LABEL}`, '--format'] as const;

/** The Docker calls that tell which Kind clusters there are. They change nothing. */
export function observeCommands(ownerMount: string) {
  return {
    all: quick('docker', ...LIST, `{{.Names}}\t{{.Label "${LABEL}"}}\t{{.State}}`),
    ours: quick('docker', ...LIST, '{{.Names}}', '--filter', `volume=${ownerMount}`),
  };
}

/** Every Kind cluster on this machine, by name; `made` are those recorded as complete. */
export async function observeClusters(
  tools: ToolRunner,
  ownerMount: string,
  made: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ObservedCluster>> {
  const commands = observeCommands(ownerMount);
  const [all, ours] = await Promise.all([tools.run(commands.all), tools.run(commands.ours)]);
  if (all.exitCode !== 0) throw new ToolFailedError(commands.all, all);
  if (ours.exitCode !== 0) throw new ToolFailedError(commands.ours, ours);
  return parseClusters(all.stdout, ours.stdout, made);
}

/** Reads what {@link observeCommands} print. A cluster is ours only when every one of its containers is. */
export function parseClusters(
  all: string,
  ours: string,
  made: ReadonlySet<string>,
): ReadonlyMap<string, ObservedCluster> {
  const marked = new Set(lines(ours));
  const nodes = lines(all).map((line) => {
    const [name = '', cluster = '', state = ''] = line.split('\t');
    return { name, cluster, running: state === 'running' };
  });
  const clusters = [...Map.groupBy(nodes, ({ cluster }) => cluster)].map(
    ([name, members]): ObservedCluster => {
      const mine = members.filter((node) => !isLoadBalancer(node.name));
      const isOurs = mine.length > 0 && mine.every((node) => marked.has(node.name));
      return { name, ours: isOurs, nodes: members, complete: isOurs && made.has(name) };
    },
  );
  return new Map(clusters.map((cluster) => [cluster.name, cluster]));
}

/** Sentences about clusters that are in the way. */
export function foreignProblems(
  observed: ReadonlyMap<string, ObservedCluster>,
  names: readonly string[],
): readonly string[] {
  return names
    .filter((name) => observed.get(name)?.ours === false)
    .map(
      (name) =>
        `there is a Kind cluster "${name}" that was not made by this fleet and working copy; rename yours, or remove that one yourself with "kind delete cluster --name ${name}"`,
    );
}

/** The load balancer before several control planes gets no mounts from Kind. */
function isLoadBalancer(node: string): boolean {
  return node.endsWith('-external-load-balancer');
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
