import type { AddonObjectsByName } from '@drydock/constructs';
import { API_VERSION, type FleetModel, loadFleet, memorySource } from '@drydock/model';
import { type Member, membersOf } from './members.ts';
import { type KindPaths, kindPaths } from './names.ts';
import type { ObservedCluster } from './observe.ts';
import type { PlanContext } from './plan/context.ts';
import { type KindProfile, kindProfileSchema } from './profile.ts';

interface TestCluster {
  readonly name: string;
  readonly id: number;
  readonly environment: string;
  readonly role?: 'hub' | 'spoke';
  readonly engine?: 'argocd' | 'flux';
  readonly addons: readonly string[];
}

/** A fleet for tests: a hub with Kind's own network, a spoke with Cilium, one that Flux delivers to. */
export const TEST_CLUSTERS: readonly TestCluster[] = [
  { name: 'hub', id: 1, environment: 'prod', role: 'hub', addons: ['argo-cd', 'submariner-broker'] },
  { name: 'dev', id: 2, environment: 'dev', addons: ['gateway-api', 'cilium', 'submariner-operator'] },
  { name: 'edge', id: 3, environment: 'dev', engine: 'flux', addons: ['flux', 'submariner-operator'] },
];

const CHARTS: Readonly<Record<string, string>> = {
  'argo-cd': 'https://argoproj.github.io/argo-helm',
  cilium: 'https://helm.cilium.io',
  flux: 'oci://ghcr.io/fluxcd-community/charts',
  'submariner-broker': 'https://submariner-io.github.io/submariner-charts/charts',
  'submariner-operator': 'https://submariner-io.github.io/submariner-charts/charts',
};
const NAMESPACES: Readonly<Record<string, string>> = {
  'argo-cd': 'argocd',
  cilium: 'kube-system',
  flux: 'flux-system',
};

/** Loads the test fleet, with other clusters where a test wants them. */
export function testFleet(clusters: readonly TestCluster[] = TEST_CLUSTERS): Promise<FleetModel> {
  const files: Record<string, string> = {
    'clusters/fleet.yaml': document('Fleet', 'sample', {
      environments: [
        { name: 'dev' },
        { name: 'prod', after: ['dev'], gates: [{ type: 'health' }, { type: 'approval', count: 1 }] },
      ],
    }),
    'addons/gateway-api/addon.yaml': document('Addon', 'gateway-api', {
      description: 'Routes.',
      namespace: 'gateway-system',
      git: {
        repository: 'https://github.com/kubernetes-sigs/gateway-api',
        revision: 'v1.6.1',
        path: 'config/crd',
      },
      crds: { installedBy: 'git', names: ['httproutes.gateway.networking.k8s.io'] },
    }),
    'addons/cilium/values.yaml': JSON.stringify({
      kubeProxyReplacement: true,
      gatewayAPI: { enabled: true },
    }),
  };
  for (const [name, repository] of Object.entries(CHARTS)) {
    files[`addons/${name}/addon.yaml`] = document('Addon', name, {
      description: 'A part.',
      namespace: NAMESPACES[name] ?? name,
      chart: { repository, name, version: '1.2.3' },
    });
  }
  for (const cluster of clusters) files[`clusters/${cluster.name}/cluster.yaml`] = clusterDocument(cluster);
  return loadFleet(memorySource(files));
}

function clusterDocument({
  name,
  id,
  environment,
  role = 'spoke',
  engine = 'argocd',
  addons,
}: TestCluster): string {
  const labels = Object.fromEntries(addons.map((addon) => [`addon.drydock.dev/${addon}`, 'enabled']));
  const network = { podSubnet: `10.${id}.0.0/16`, serviceSubnet: `10.${100 + id}.0.0/16` };
  return document('Cluster', name, { id, environment, role, engine, network }, labels);
}

function document(kind: string, name: string, spec: object, labels?: object): string {
  return JSON.stringify({
    apiVersion: API_VERSION,
    kind,
    metadata: { name, ...(labels && { labels }) },
    spec,
  });
}

/** A profile for tests. */
export function testProfile(spec: object = {}): KindProfile {
  const needs = { cpus: 1, memoryGiB: 1, diskGiB: 1 };
  const metadata = { name: 'test' };
  const parsed = kindProfileSchema.parse({
    apiVersion: API_VERSION,
    kind: 'KindProfile',
    metadata,
    spec: { needs, workers: 0, ...spec },
  });
  return { name: 'test', ...parsed.spec };
}

export const TEST_PATHS: KindPaths = kindPaths('/fleet');
const NO_OBJECTS: AddonObjectsByName = new Map();

/** Everything a plan follows from, for the test fleet. */
export async function testContext(
  spec: object = {},
  observed: readonly ObservedCluster[] = [],
): Promise<PlanContext> {
  const fleet = await testFleet();
  const profile = testProfile(spec);
  return {
    fleet,
    profile,
    members: membersOf(fleet, profile),
    addonObjects: NO_OBJECTS,
    paths: TEST_PATHS,
    owner: { fleet: fleet.name, root: '/fleet' },
    observed: new Map(observed.map((cluster) => [cluster.name, cluster])),
  };
}

/** The member of a context with this name. */
export function memberOf({ members }: PlanContext, name: string): Member {
  const member = members.find(({ cluster }) => cluster.name === name);
  if (member === undefined) throw new TypeError(`no member ${name}`);
  return member;
}
