const API_VERSION = 'drydock.dev/v1alpha1';
const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

/** The files of a fleet with that many applications, each of them on four clusters. */
export function benchFleet(units: number): Readonly<Record<string, string>> {
  const environments = ENVIRONMENTS.map((name, index) => ({
    name,
    after: ENVIRONMENTS.slice(index - 1, index),
  }));
  const clusters: readonly (readonly [string, string, string])[] = [
    ['hub', 'prod', 'hub'],
    ['dev', 'dev', 'spoke'],
    ['staging', 'staging', 'spoke'],
    ['prod-eu', 'prod', 'spoke'],
    ['prod-us', 'prod', 'spoke'],
  ];
  return Object.fromEntries([
    ['clusters/fleet.yaml', document('Fleet', 'bench', { environments })],
    ...clusters.map(([name, environment, role], index) => {
      const network = { podSubnet: `10.${index}.0.0/16`, serviceSubnet: `10.${100 + index}.0.0/16` };
      return [
        `clusters/${name}/cluster.yaml`,
        document('Cluster', name, { id: index + 1, environment, role, network }),
      ];
    }),
    ['workloads/bench/team.yaml', document('Team', 'bench', {})],
    ...Array.from({ length: units }, (_, index) => {
      const name = `unit-${index}`;
      return [`workloads/bench/${name}/application.yaml`, document('Application', name, workload(index))];
    }),
  ]);
}

function workload(index: number): object {
  return {
    image: `ghcr.io/example/bench:1.0.${index}`,
    port: 8080,
    env: { LOG_LEVEL: 'info', INDEX: String(index) },
    probes: { readiness: { path: '/ready' }, liveness: { path: '/live' } },
    overlays: { prod: { replicas: 3 } },
  };
}

function document(kind: string, name: string, spec: object): string {
  return `${JSON.stringify({ apiVersion: API_VERSION, kind, metadata: { name }, spec }, undefined, 1)}\n`;
}
