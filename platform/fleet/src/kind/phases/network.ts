import { addonValues, type Cluster, isJsonObject, type Unit } from '@drydock/model';
import type { Member } from '../members.ts';
import { kindKubeconfig } from '../names.ts';
import { networkOf } from '../network.ts';
import { bootstrapStep, installOrder } from '../plan/bootstrap-units.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { holds, waitFor } from '../plan/kubectl.ts';
import { type Call, MINUTE, type Phase, type Step } from '../plan/step.ts';

/** The release of the Gateway API whose standard CRDs are applied where no addon brings them. */
export const GATEWAY_API = 'v1.6.1';
const HTTP_ROUTES = 'httproutes.gateway.networking.k8s.io';

/**
 * The network of every cluster. A network that is an addon cannot be brought by an Argo CD that needs it, so it is
 * installed first and handed over to GitOps later. CRDs of the Gateway API come before Cilium, which looks for them when it
 * starts (https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/#prerequisites).
 */
export function networkPhase(context: PlanContext): Phase {
  const steps = context.members.flatMap((member) => networkSteps(context, member));
  return { id: 'network', title: 'Network', steps };
}

/** The network addon of a cluster, and before it what it depends on and looks for; none where Kind's own is used. */
export function networkUnits({ fleet }: PlanContext, cluster: Cluster): readonly Unit[] {
  const { addon } = networkOf(fleet, cluster);
  if (addon === undefined) return [];
  const gateway = fleet.addons.filter(({ crds }) => crds?.names.includes(HTTP_ROUTES) === true);
  return installOrder(
    fleet,
    cluster,
    [...gateway, addon].map(({ name }) => name),
  );
}

function networkSteps(context: PlanContext, { cluster }: Member): readonly Step[] {
  const { cni } = networkOf(context.fleet, cluster);
  const units = networkUnits(context, cluster);
  const steps: Step[] = [];
  const last = (): string => steps.at(-1)?.id ?? ids.cluster(cluster.name);
  const broughtByUnit = units.some(
    (unit) => unit.kind === 'Addon' && unit.crds?.names.includes(HTTP_ROUTES) === true,
  );
  if (wantsGatewayApi(context, cluster) && !broughtByUnit) steps.push(gatewayApi(context, cluster));
  for (const unit of units) {
    const id = `network/${cluster.name}/${unit.name}`;
    steps.push(bootstrapStep(context, { unit, cluster }, { id, needs: [last()] }));
  }
  const wait = waitFor(context.paths, cluster.name, {
    minutes: 5,
    args: ['--for=condition=Ready', 'nodes', '--all'],
  });
  const title = `wait for the nodes of ${cluster.name}, network ${cni}`;
  return [...steps, { id: ids.network(cluster.name), title, needs: [last()], calls: [wait] }];
}

function wantsGatewayApi({ fleet }: PlanContext, cluster: Cluster): boolean {
  const { cni, addon } = networkOf(fleet, cluster);
  if (cni !== 'cilium' || addon === undefined) return false;
  const { gatewayAPI } = addonValues(fleet, addon, cluster);
  return isJsonObject(gatewayAPI ?? null) && (gatewayAPI as { readonly enabled?: unknown }).enabled === true;
}

function gatewayApi({ paths }: PlanContext, { name }: Cluster): Step {
  const url = `https://github.com/kubernetes-sigs/gateway-api/releases/download/${GATEWAY_API}/standard-install.yaml`;
  const call: Call = {
    tool: 'kubectl',
    args: [`--kubeconfig=${kindKubeconfig(paths, name)}`, 'apply', '--server-side', `--filename=${url}`],
    timeLimit: 2 * MINUTE,
    retryFor: MINUTE,
  };
  return {
    id: `network/${name}/gateway-api`,
    title: `apply the CRDs of the Gateway API ${GATEWAY_API} on ${name}`,
    needs: [ids.cluster(name)],
    unless: holds(paths, name, ['get', `customresourcedefinition/${HTTP_ROUTES}`, '--output=name']),
    calls: [call],
  };
}
