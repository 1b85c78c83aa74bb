import { stringifyEntityRef } from '@backstage/catalog-model';
import type { FleetView } from '@drydock/plugin-promotion-common';
import { entitiesOf } from './entitiesOf';

const fleet: FleetView = {
  name: 'harbor',
  revision: 'abc',
  environments: [{ name: 'dev', after: [], gates: [] }],
  clusters: [
    {
      name: 'dev',
      id: 1,
      environment: 'dev',
      role: 'spoke',
      engine: 'argocd',
      provider: 'kind',
      kubernetesVersion: 'v1.34.0',
      podSubnet: '10.10.0.0/16',
      serviceSubnet: '10.101.0.0/16',
    },
  ],
  units: [
    {
      name: 'cilium',
      kind: 'Addon',
      category: 'networking',
      description: 'Network',
      namespace: 'kube-system',
      version: '1.20.0',
      dependsOn: [],
      clusters: ['dev'],
      file: 'addons/cilium/addon.yaml',
    },
    {
      name: 'checkout',
      kind: 'Application',
      team: 'payments',
      description: '',
      namespace: 'checkout',
      dependsOn: ['cilium'],
      clusters: ['dev'],
      file: 'workloads/payments/checkout/application.yaml',
    },
    {
      name: 'velero',
      kind: 'Addon',
      description: 'Nobody has switched it on',
      namespace: 'velero',
      dependsOn: [],
      clusters: [],
      file: 'addons/velero/addon.yaml',
    },
  ],
  teams: [{ name: 'payments', displayName: 'Payments' }],
  access: [
    { user: 'operator', role: 'admin' },
    { user: 'ada', role: 'deployer', teams: ['payments'] },
    { group: 'sre', role: 'approver' },
  ],
};

describe('entitiesOf', () => {
  const entities = entitiesOf(fleet);
  const find = (ref: string) => entities.find(entity => stringifyEntityRef(entity) === ref);

  it('emits what there is, and no addon that is switched on nowhere', () => {
    expect(entities.map(entity => stringifyEntityRef(entity)).sort()).toEqual([
      'component:default/checkout',
      'component:default/cilium',
      'domain:default/harbor',
      'group:default/payments',
      'group:default/platform',
      'resource:default/cluster-dev',
      'resource:default/environment-dev',
      'system:default/addons',
      'system:default/payments',
      'user:default/ada',
      'user:default/operator',
    ]);
  });

  it('relates an application to its team, its system and what it needs', () => {
    expect(find('component:default/checkout')?.spec).toMatchObject({
      owner: 'payments',
      system: 'payments',
      dependsOn: ['component:default/cilium', 'resource:default/environment-dev'],
    });
  });

  it('carries what other plugins look for', () => {
    expect(find('component:default/checkout')?.metadata.annotations).toMatchObject({
      'drydock.dev/unit': 'checkout',
      'backstage.io/kubernetes-label-selector': 'app.kubernetes.io/name=checkout',
      'backstage.io/kubernetes-namespace': 'checkout',
    });
  });

  it('puts people into the teams for which they deploy', () => {
    expect(find('user:default/ada')?.spec).toMatchObject({ memberOf: ['payments'] });
    expect(find('user:default/operator')?.spec).toMatchObject({ memberOf: ['platform'] });
  });

  it('holds no live state', () => {
    expect(JSON.stringify(entities)).not.toMatch(/Healthy|"status"/);
  });
});
