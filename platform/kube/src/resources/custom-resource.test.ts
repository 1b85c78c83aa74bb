import { expect, it } from 'vitest';
import { compareVersions, customResource } from './custom-resource.ts';

it('orders versions as discovery does', () => {
  const ordered = [
    'v10',
    'v2',
    'v1',
    'v11beta2',
    'v10beta3',
    'v3beta1',
    'v12alpha1',
    'v11alpha2',
    'foo1',
    'foo10',
  ];
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
});

it('reads names, versions, subresources and columns of a definition', () => {
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
    subresources: {
      status: {},
      scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n', labelSelectorPath: '.status.s' },
    },
    selectableFields: [{ jsonPath: '.spec.color' }],
  };
  const names = { kind: 'Kite', plural: 'kites', shortNames: ['ki'] };
  const spec = {
    group: 'toys.example',
    scope: 'Cluster',
    names,
    versions: [version, { ...version, name: 'v1beta1', storage: false, served: false }],
  };
  const type = customResource({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {},
    spec,
  });
  expect(type).toMatchObject({
    id: 'kites.toys.example',
    namespaced: false,
    storageVersion: 'v1',
    shortNames: ['ki'],
    singular: 'kite',
    listKind: 'KiteList',
  });
  expect(type.versions[0]).toMatchObject({
    hasStatus: true,
    selectableFields: ['spec.color'],
    scale: { specReplicas: '.spec.n', statusReplicas: '.status.n', selector: '.status.s' },
  });
  expect(type.versions.map(({ name, served }) => [name, served])).toEqual([
    ['v1', true],
    ['v1beta1', false],
  ]);
});
