import { expect, it } from 'vitest';
import type { Manifest } from '../manifest.ts';
import { fleetPolicies } from './fleet-policies.ts';

const POLICIES = fleetPolicies({ registries: ['ghcr.io/team'], signatures: [] });
const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'demo' };
const RESOURCES = { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } };

function deployment(container: object, labels: object = LABELS): Manifest {
  const spec = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'web',
        image: 'ghcr.io/team/web:1',
        resources: RESOURCES,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        ...container,
      },
    ],
  };
  const template = { metadata: { labels }, spec };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template },
  } as Manifest;
}

function violations(manifest: Manifest): readonly string[] {
  return POLICIES.flatMap((policy) => policy.violations(manifest).map((text) => `${policy.name}: ${text}`));
}

it('finds nothing in a good workload, nor in what runs no pods', () => {
  expect(violations(deployment({}))).toEqual([]);
  expect(violations({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })).toEqual([]);
});

it.each([
  [
    'no-floating-tags: image "ghcr.io/team/web:latest" has no fixed tag',
    { image: 'ghcr.io/team/web:latest' },
  ],
  ['no-floating-tags: image "ghcr.io/team/web" has no fixed tag', { image: 'ghcr.io/team/web' }],
  ['allowed-registries: image "quay.io/a/web:1" must come from ghcr.io/team', { image: 'quay.io/a/web:1' }],
  [
    'allowed-registries: image "ghcr.io/teamx/web:1" must come from ghcr.io/team',
    { image: 'ghcr.io/teamx/web:1' },
  ],
  [
    'required-resources: container "web" needs a memory limit',
    { resources: { requests: RESOURCES.requests } },
  ],
  [
    'required-resources: container "web" needs a CPU request',
    { resources: { ...RESOURCES, requests: { memory: '1Gi' } } },
  ],
  [
    'restricted-pod-security: container "web" must not be privileged',
    {
      securityContext: { privileged: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
])('finds "%s"', (text, container) => {
  expect(violations(deployment(container))).toEqual([text]);
});

it('finds missing labels, and looks into cron jobs', () => {
  expect(violations(deployment({}, {}))).toEqual([
    'required-labels: label app.kubernetes.io/name is required',
    'required-labels: label app.kubernetes.io/part-of is required',
  ]);
  const { spec } = deployment({ image: 'ghcr.io/team/web:latest' });
  const job = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'a' },
    spec: { jobTemplate: { spec } },
  };
  expect(violations(job as Manifest)).toEqual([
    'no-floating-tags: image "ghcr.io/team/web:latest" has no fixed tag',
  ]);
});
