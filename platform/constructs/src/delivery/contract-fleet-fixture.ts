const API_VERSION = 'drydock.dev/v1alpha1';

/** The files of a fleet in which one engine delivers a chart of each kind and an application. */
export function fleetWith(engine: 'argocd' | 'flux'): Readonly<Record<string, string>> {
  return {
    'clusters/fleet.yaml': document('Fleet', 'contract', 'environments: [{ name: dev }]'),
    'clusters/hub/cluster.yaml': cluster('hub', { id: 1, role: 'hub', engine, labels: [] }),
    'clusters/dev/cluster.yaml': cluster('dev', {
      id: 2,
      role: 'spoke',
      engine,
      labels: ['https-chart', 'oci-chart'],
    }),
    'addons/https-chart/addon.yaml': document(
      'Addon',
      'https-chart',
      `description: A chart from a repository.
  namespace: web-system
  chart: { repository: https://charts.example.org, name: web, version: 1.2.3 }`,
    ),
    'addons/https-chart/values.yaml': `cluster: $\{{ cluster.name }}\nreplicas: 2\n`,
    'addons/oci-chart/addon.yaml': document(
      'Addon',
      'oci-chart',
      `description: A chart from a registry.
  namespace: api-system
  dependsOn: [https-chart]
  chart: { repository: oci://registry.example.org/charts, name: api, version: v0.9.0, release: api }`,
    ),
    'workloads/demo/team.yaml': document('Team', 'demo', '{}'),
    'workloads/demo/podinfo/application.yaml': document(
      'Application',
      'podinfo',
      'image: ghcr.io/stefanprodan/podinfo:6.9.0\n  port: 9898\n  dependsOn: [oci-chart]',
    ),
  };
}

function cluster(
  name: string,
  { id, role, engine, labels }: { id: number; role: string; engine: string; labels: readonly string[] },
): string {
  const lines = labels.map((addon) => `    addon.drydock.dev/${addon}: enabled\n`).join('');
  return `apiVersion: ${API_VERSION}
kind: Cluster
metadata:
  name: ${name}
  labels:${lines === '' ? ' {}\n' : `\n${lines}`}spec:
  id: ${id}
  environment: dev
  role: ${role}
  engine: ${engine}
  network: { podSubnet: 10.${id}.0.0/16, serviceSubnet: 10.${100 + id}.0.0/16 }
`;
}

function document(kind: string, name: string, spec: string): string {
  const body = spec === '{}' ? ' {}' : `\n  ${spec}`;
  return `apiVersion: ${API_VERSION}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:${body}\n`;
}
