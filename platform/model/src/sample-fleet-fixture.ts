import { API_VERSION } from './fleet.ts';

/** The files of a small sound fleet, for tests that change one of them. */
export const SAMPLE_FLEET: Readonly<Record<string, string>> = {
  'clusters/fleet.yaml': `apiVersion: ${API_VERSION}
kind: Fleet
metadata:
  name: sample
spec:
  environments:
    - name: dev
    - name: prod
      after: [dev]
      gates:
        - type: health
      waves:
        - [prod-eu]
`,
  'clusters/hub/cluster.yaml': cluster('hub', { id: 1, environment: 'prod', role: 'hub' }),
  'clusters/dev/cluster.yaml': cluster('dev', { id: 2, environment: 'dev', role: 'spoke' }),
  'clusters/prod-eu/cluster.yaml': cluster('prod-eu', { id: 3, environment: 'prod', role: 'spoke' }),
  'addons/kyverno/addon.yaml': `apiVersion: ${API_VERSION}
kind: Addon
metadata:
  name: kyverno
spec:
  description: Policies.
  namespace: kyverno
  chart:
    repository: https://kyverno.github.io/kyverno
    name: kyverno
    version: 3.8.2
`,
  'workloads/demo/team.yaml': `apiVersion: ${API_VERSION}
kind: Team
metadata:
  name: demo
spec: {}
`,
  'workloads/demo/podinfo/application.yaml': `apiVersion: ${API_VERSION}
kind: Application
metadata:
  name: podinfo
spec:
  image: ghcr.io/stefanprodan/podinfo:6.9.0
  port: 9898
`,
};

function cluster(
  name: string,
  { id, environment, role }: { readonly id: number; readonly environment: string; readonly role: string },
): string {
  return `apiVersion: ${API_VERSION}
kind: Cluster
metadata:
  name: ${name}
  labels:
    addon.drydock.dev/kyverno: enabled
spec:
  id: ${id}
  environment: ${environment}
  role: ${role}
  network:
    podSubnet: 10.${id}.0.0/16
    serviceSubnet: 10.${100 + id}.0.0/16
`;
}
