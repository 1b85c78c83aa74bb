import { expect, it } from 'vitest';
import { parsePath } from './request-path.ts';

it.each([
  [
    '/api/v1/pods',
    {
      group: '',
      version: 'v1',
      namespace: undefined,
      plural: 'pods',
      name: undefined,
      subresource: undefined,
    },
  ],
  ['/api/v1/namespaces', { plural: 'namespaces', namespace: undefined, name: undefined }],
  ['/api/v1/namespaces/a', { plural: 'namespaces', namespace: undefined, name: 'a' }],
  ['/api/v1/namespaces/a/status', { plural: 'namespaces', name: 'a', subresource: 'status' }],
  ['/api/v1/namespaces/a/finalize', { plural: 'namespaces', name: 'a', subresource: 'finalize' }],
  ['/api/v1/namespaces/a/pods/b/log', { namespace: 'a', plural: 'pods', name: 'b', subresource: 'log' }],
  [
    '/apis/apps/v1/namespaces/a/deployments/b/scale',
    { group: 'apps', version: 'v1', namespace: 'a', plural: 'deployments', name: 'b', subresource: 'scale' },
  ],
  ['/apis/g.io/v1/things/x%20y', { group: 'g.io', plural: 'things', name: 'x y' }],
  ['/apis/g.io/v1/things/', { plural: 'things', name: undefined }],
])('%s names a resource', (path, parts) => {
  expect(parsePath(path)).toMatchObject({ kind: 'resource', ...parts });
});

it.each([
  '/',
  '/api',
  '/api/v1',
  '/apis/apps',
  '/apis/apps/v1',
  '/healthz',
  '/openapi/v3/api/v1',
  '//',
  '/%',
])('%s is plain', (path) => {
  expect(parsePath(path).kind).toBe('plain');
});
