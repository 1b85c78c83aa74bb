import { join } from 'node:path';
import { QUICK } from '../../tools/command.ts';
import { corednsConfig, gitServiceObjects, isLocalGit, withGitHost } from '../git-access.ts';
import type { Member } from '../members.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { apply, ask } from '../plan/kubectl.ts';
import { type Call, MINUTE, type Phase, type Step } from '../plan/step.ts';

/** Kind's docker network (kind, `pkg/cluster/internal/providers/docker/network.go`). */
const NETWORK = 'kind';
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/**
 * Makes the git server of this machine known on every cluster, under the name that the fleet's repository has, so that
 * environment branches carry the same bytes for every provider. Nothing to do where the repository is on a forge.
 */
export function gitPhase(context: PlanContext): Phase {
  const title = 'Git server';
  if (!isLocalGit(context.fleet.repository)) return { id: 'git', title, steps: [] };
  const perCluster = context.members.map((member) => clusterStep(context, member));
  const steps = context.gitAddress === undefined ? [addressStep(context)] : [];
  return { id: 'git', title, steps: [...steps, serverStep(context), ...perCluster] };
}

/** The address of this machine as the clusters see it, or what stands for it until it is known. */
function address({ gitAddress }: PlanContext): string {
  return gitAddress ?? '%{git.address}';
}

function addressStep({ members }: PlanContext): Step {
  const call: Call = {
    tool: 'docker',
    args: ['network', 'inspect', NETWORK, '--format', '{{range .IPAM.Config}}{{.Gateway}} {{end}}'],
    timeLimit: QUICK,
    capture: { name: 'git.address', pattern: IPV4, read: firstIpv4 },
  };
  const needs = members.slice(0, 1).map(({ cluster }) => ids.cluster(cluster.name));
  return {
    id: ids.gitAddress,
    title: 'find the address of this machine on the docker network',
    needs,
    calls: [call],
  };
}

/** Docker lists a gateway for each address family. */
function firstIpv4(stdout: string): string {
  return stdout.split(/\s+/).find((word) => IPV4.test(word)) ?? '';
}

/** The git server and the promoter: processes of this machine, which outlive the command that starts them. */
function serverStep(context: PlanContext): Step {
  const { owner, profile, members } = context;
  const host = members.find(({ cluster, host }) => cluster === host)?.cluster.name ?? '';
  const script = join(owner.root, 'scripts', 'kind-control.ts');
  const place = [`--profile=${profile.name}`, `--address=${address(context)}`];
  const start: Call = { tool: 'node', args: [script, 'start', ...place], timeLimit: 2 * MINUTE };
  return {
    id: ids.gitServer,
    title: 'start the git server and the promoter on this machine',
    needs: [ids.gitAddress, ids.cluster(host)],
    calls: [start],
  };
}

function clusterStep(context: PlanContext, { cluster }: Member): Step {
  const { paths, profile } = context;
  const { name } = cluster;
  const corefile: Call = {
    ...ask(
      paths,
      name,
      'get',
      'configmap/coredns',
      '--namespace=kube-system',
      '--output=jsonpath={.data.Corefile}',
    ),
    capture: { name: `${name}.corefile`, pattern: /^[\s\S]*\.:53 \{[\s\S]*$/, read: withGitHost },
  };
  return {
    id: ids.git(name),
    title: `make the git server known on ${name}`,
    needs: [ids.gitAddress, ids.network(name)],
    calls: [
      apply(paths, name, gitServiceObjects(address(context), profile.gitPort)),
      corefile,
      apply(paths, name, [corednsConfig(`%{${name}.corefile}`)]),
    ],
  };
}
