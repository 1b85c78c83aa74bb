import { expect, it } from 'vitest';
import { inventoryEntry, inventoryRef } from './inventory.ts';

it.each([
  [
    'a namespaced object',
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
    'shop_web_apps_Deployment',
  ],
  [
    'an object of the core group',
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } },
    'shop_web__Service',
  ],
  [
    'a cluster-scoped object with a colon',
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'a:b' } },
    '_a__b_rbac.authorization.k8s.io_ClusterRole',
  ],
])('writes and reads the entry of %s', (_, object, id) => {
  const entry = inventoryEntry(object);
  expect(entry).toEqual({ id, v: 'v1' });
  const ref = inventoryRef(entry);
  expect(ref).toMatchObject({ kind: object.kind, name: object.metadata.name, version: 'v1' });
});

it('does not take other text for an entry', () => {
  expect(inventoryRef({ id: 'nonsense', v: 'v1' })).toBeUndefined();
});
