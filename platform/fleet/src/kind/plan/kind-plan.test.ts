import { describe, expect, it } from 'vitest';
import { commandLine } from '../../tools/command-line.ts';
import type { ObservedCluster } from '../observe.ts';
import { testContext } from '../test-fleet.ts';
import { type KindPlan, kindPlan } from './kind-plan.ts';

/** The command lines of a phase, with what is the same in all of them left out. */
function commandsOf(plan: KindPlan, phase: string): readonly string[] {
  const steps = plan.phases.find(({ id }) => id === phase)?.steps ?? [];
  return steps.flatMap(({ calls }) => calls.map((call) => short(commandLine(call))));
}

function short(command: string): string {
  return command
    .replace(/--kubeconfig=\S*\/([\w-]+)\.yaml/, '@$1')
    .replace('--server-side --force-conflicts --field-manager=drydock --filename=-', '-');
}

describe('the commands of each phase', () => {
  it.each<[string, readonly string[]]>([
    [
      'clusters',
      [
        'kind create cluster --name=dev --config=- @dev --wait=0s',
        'kind create cluster --name=edge --config=- @edge --wait=0s',
        'kind create cluster --name=hub --config=- @hub --wait=0s',
      ],
    ],
    [
      'sources',
      [
        'git clone --quiet --depth=1 --branch=v1.6.1 https://github.com/kubernetes-sigs/gateway-api /fleet/.drydock/kind/sources/gateway-api-v1.6.1',
      ],
    ],
    [
      'network',
      [
        'kubectl @dev apply --server-side --kustomize=/fleet/.drydock/kind/sources/gateway-api-v1.6.1/config/crd',
        'kubectl @dev apply --server-side --filename=/fleet/.drydock/kind/sources/gateway-api-v1.6.1/config/crd',
        'helm uninstall cilium --namespace=kube-system @dev --ignore-not-found --wait',
        'helm upgrade --install cilium cilium --repo=https://helm.cilium.io --version=1.2.3 --namespace=kube-system @dev --create-namespace --values=- --wait --timeout=10m',
        'kubectl @dev wait --for=condition=Ready nodes --all --timeout=5m',
        'kubectl @edge wait --for=condition=Ready nodes --all --timeout=5m',
        'kubectl @hub wait --for=condition=Ready nodes --all --timeout=5m',
      ],
    ],
    [
      'engines',
      [
        'helm uninstall argo-cd --namespace=argocd @hub --ignore-not-found --wait',
        'helm upgrade --install argo-cd argo-cd --repo=https://argoproj.github.io/argo-helm --version=1.2.3 --namespace=argocd @hub --create-namespace --values=- --wait --timeout=10m',
        'helm uninstall flux --namespace=flux-system @edge --ignore-not-found --wait',
        'helm upgrade --install flux oci://ghcr.io/fluxcd-community/charts/flux --version=1.2.3 --namespace=flux-system @edge --create-namespace --values=- --wait --timeout=10m',
      ],
    ],
    [
      'register',
      [
        'kubectl @dev apply -',
        "kubectl @dev get secret/drydock-delivery-token --namespace=kube-system '--output=jsonpath={.data.ca\\.crt}'",
        "kubectl @dev get secret/drydock-delivery-token --namespace=kube-system '--output=jsonpath={.data.token}'",
        'kubectl @hub apply -',
        'kubectl @hub apply -',
        'kubectl @edge apply -',
      ],
    ],
    ['roots', ['kubectl @hub apply -', 'kubectl @edge apply -']],
    [
      'submariner',
      [
        'kubectl @hub wait --for=create serviceaccount/submariner-k8s-broker-client --namespace=submariner-k8s-broker --timeout=15m',
        'kubectl @hub apply -',
        "kubectl @hub get secret/drydock-submariner-client --namespace=submariner-k8s-broker '--output=jsonpath={.data.ca\\.crt}'",
        "kubectl @hub get secret/drydock-submariner-client --namespace=submariner-k8s-broker '--output=jsonpath={.data.token}'",
        'kubectl @dev wait --for=create namespace/submariner-operator --timeout=15m',
        'kubectl @dev apply -',
        'kubectl @edge wait --for=create namespace/submariner-operator --timeout=15m',
        'kubectl @edge apply -',
      ],
    ],
  ])('are as expected: %s', async (phase, expected) => {
    expect(commandsOf(kindPlan(await testContext()), phase)).toEqual(expected);
  });

  it('wait only for environments that nobody has to approve', async () => {
    const health = commandsOf(kindPlan(await testContext()), 'health');
    expect(health).toContain(
      "kubectl @hub wait '--for=jsonpath={.status.health.status}=Healthy' applications.argoproj.io/dev.cilium applications.argoproj.io/dev.gateway-api applications.argoproj.io/dev.submariner-operator --namespace=argocd --timeout=15m",
    );
    expect(health.join('\n')).toContain(
      '@edge wait --for=condition=Ready kustomizations.kustomize.toolkit.fluxcd.io/flux',
    );
    expect(health.join('\n')).not.toContain('hub.argo-cd');
  });

  it('wait for one thing at a time to be there, since kubectl gives up when one of several is not', async () => {
    const calls = kindPlan(await testContext()).phases.flatMap(({ steps }) =>
      steps.flatMap((step) => step.calls),
    );
    const waits = calls.filter(({ args }) => args.includes('--for=create'));
    const named = waits.map(({ args }) =>
      args.filter((word) => word.includes('/') && !word.startsWith('--')),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.every((resources) => resources.length === 1)).toBe(true);
  });

  it('give each cluster an Argo CD and its own roots where that is the topology', async () => {
    const plan = kindPlan(await testContext({ topology: 'distributed' }));
    const installs = commandsOf(plan, 'engines').filter((command) => command.includes('--install argo-cd'));
    expect(installs.map((command) => /@[\w-]+/.exec(command)?.[0])).toEqual(['@dev', '@hub']);
    const roots = plan.phases.find(({ id }) => id === 'roots')?.steps[0]?.calls[0]?.manifests ?? [];
    const names = roots.filter(({ kind }) => kind === 'Application').map(({ metadata }) => metadata);
    expect(names).toEqual([expect.objectContaining({ name: 'dev.root' })]);
  });

  it('are a small part where one cluster stands alone', async () => {
    const plan = kindPlan(await testContext({ topology: 'standalone', clusters: ['dev'] }));
    expect(commandsOf(plan, 'clusters')).toHaveLength(1);
    expect(commandsOf(plan, 'register')).toHaveLength(5);
  });
});

const RUNNING = {
  name: 'dev',
  ours: true,
  complete: true,
  nodes: [{ name: 'dev-control-plane', running: true }],
};

describe('what is there already', () => {
  it.each<[string, ObservedCluster, readonly string[]]>([
    ['runs', RUNNING, ['kubectl @dev get --raw=/readyz']],
    [
      'is stopped',
      { ...RUNNING, nodes: [{ name: 'dev-control-plane', running: false }] },
      ['docker start dev-control-plane', 'kubectl @dev get --raw=/readyz'],
    ],
    [
      'was left half-made',
      { ...RUNNING, complete: false },
      ['kind delete cluster --name=dev @dev', 'kind create cluster --name=dev --config=- @dev --wait=0s'],
    ],
    ['is somebody else’s', { ...RUNNING, ours: false }, []],
  ])('is taken into account: a cluster that %s', async (_, observed, expected) => {
    const context = await testContext({ clusters: ['dev'], topology: 'standalone' }, [observed]);
    expect(commandsOf(kindPlan(context), 'clusters')).toEqual(expected);
  });
});

describe('what speaks against a plan', () => {
  it('is a delivery engine that is not in the catalogue', async () => {
    const context = await testContext();
    const addons = context.fleet.addons.filter(({ name }) => name !== 'argo-cd');
    const { problems } = kindPlan({ ...context, fleet: { ...context.fleet, addons } });
    expect(problems).toContain(
      'addons/argo-cd/addon.yaml: expected an addon with a chart, since hub needs it',
    );
  });

  it('is Submariner without a Broker', async () => {
    const context = await testContext();
    const addons = context.fleet.addons.filter(({ name }) => name !== 'submariner-broker');
    const { problems } = kindPlan({ ...context, fleet: { ...context.fleet, addons } });
    expect(problems.join()).toContain('exactly one of the clusters');
  });
});

describe('the git server', () => {
  it('is made known on every cluster, at the address of this machine', async () => {
    const plan = kindPlan(await testContext({}, []));
    expect(commandsOf(plan, 'git').slice(0, 5)).toEqual([
      "docker network inspect kind --format '{{range .IPAM.Config}}{{.Gateway}} {{end}}'",
      "node /fleet/scripts/kind-control.ts start --profile=test '--address=%{git.address}'",
      'kubectl @dev apply -',
      "kubectl @dev get configmap/coredns --namespace=kube-system '--output=jsonpath={.data.Corefile}'",
      'kubectl @dev apply -',
    ]);
  });

  it('is not needed where the repository is on a forge', async () => {
    const context = await testContext();
    const fleet = { ...context.fleet, repository: 'https://github.com/acme/fleet.git' };
    const plan = kindPlan({ ...context, fleet });
    expect(commandsOf(plan, 'git')).toEqual([]);
    expect(commandsOf(plan, 'register')).toHaveLength(4);
  });
});
