import { type KindConfig, kindConfig } from '../kind-config.ts';
import type { Member } from '../members.ts';
import { kindKubeconfig, kindName, ownerMount } from '../names.ts';
import { addonOn, networkOf } from '../network.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { ask } from '../plan/kubectl.ts';
import { type Call, MINUTE, type Phase, type Step } from '../plan/step.ts';
import { PREFLIGHT } from './preflight.ts';
import { SUBMARINER } from './submariner.ts';

/** Makes the clusters that are absent, starts those that are stopped, and makes anew what was left half-made. */
export function clustersPhase(context: PlanContext): Phase {
  const steps = context.members.map((member) => clusterStep(context, member));
  return { id: 'clusters', title: 'Clusters', steps };
}

/** Kind's configuration of every cluster. */
export function kindConfigs(context: PlanContext): readonly KindConfig[] {
  return context.members.map((member) => configOf(context, member));
}

function clusterStep(context: PlanContext, member: Member): Step {
  const name = kindName(member);
  const observed = context.observed.get(name);
  const base = { id: ids.cluster(name), needs: PREFLIGHT };
  if (observed === undefined)
    return { ...base, title: `create cluster ${name}`, calls: [create(context, member)] };
  if (!observed.ours) return { ...base, title: `leave cluster ${name} alone`, calls: [] };
  if (!observed.complete) {
    const calls = [remove(context, name), create(context, member)];
    return { ...base, title: `create cluster ${name} again, it was left half-made`, calls };
  }
  const stopped = observed.nodes.filter(({ running }) => !running).map((node) => node.name);
  if (stopped.length === 0)
    return { ...base, title: `find cluster ${name} running`, calls: [answer(context, name)] };
  const start: Call = { tool: 'docker', args: ['start', ...stopped], timeLimit: 2 * MINUTE };
  return { ...base, title: `start cluster ${name}`, calls: [start, answer(context, name)] };
}

/** Not waited for readiness by Kind: without a network of its own, nodes get ready later. */
function create(context: PlanContext, member: Member): Call {
  const name = kindName(member);
  const kubeconfig = kindKubeconfig(context.paths, name);
  return {
    tool: 'kind',
    args: ['create', 'cluster', `--name=${name}`, '--config=-', `--kubeconfig=${kubeconfig}`, '--wait=0s'],
    manifests: [configOf(context, member)],
    timeLimit: 10 * MINUTE,
  };
}

function remove(context: PlanContext, name: string): Call {
  const kubeconfig = kindKubeconfig(context.paths, name);
  return {
    tool: 'kind',
    args: ['delete', 'cluster', `--name=${name}`, `--kubeconfig=${kubeconfig}`],
    timeLimit: 3 * MINUTE,
  };
}

/** The API server takes a while after its container has started. */
function answer({ paths }: PlanContext, name: string): Call {
  return { ...ask(paths, name, 'get', '--raw=/readyz'), retryFor: 2 * MINUTE };
}

function configOf({ fleet, profile, paths, owner }: PlanContext, member: Member): KindConfig {
  const { cluster } = member;
  return kindConfig({
    member,
    profile,
    paths,
    network: networkOf(fleet, cluster),
    ownerMount: ownerMount(owner),
    gateway: addonOn(fleet, cluster, SUBMARINER.operator) !== undefined,
  });
}
