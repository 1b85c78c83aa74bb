import type { Fields } from '../model/kube-object.ts';
import type { ServedResource } from '../resources/registry.ts';
import { reference } from './component-name.ts';

const text = (name: string, description: string) => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', uniqueItems: true },
});
const WRITES = [
  text('dryRun', 'All: do everything but the write'),
  text('fieldManager', 'name of who writes'),
  text('fieldValidation', 'Ignore, Warn or Strict: what happens to unknown fields'),
];
const FORCE = {
  name: 'force',
  in: 'query',
  description: 'take fields over from other managers',
  schema: { type: 'boolean', uniqueItems: true },
};
const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/apply-patch+yaml',
];

/** @returns the paths of a resource with their operations. */
export function resourcePaths({ type, version }: ServedResource, component: string): Fields {
  const { group, kind, plural, namespaced, custom } = type;
  const root = group === '' ? `/api/${version.name}` : `/apis/${group}/${version.name}`;
  const collection = `${root}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}`;
  const gvk = { group, kind, version: version.name };
  const body = { content: { 'application/json': { schema: reference(component) } } };
  const operation = (action: string, more: Fields = {}): Fields => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
    responses: { 200: { description: 'OK', ...body } },
    ...more,
  });
  const patchTypes = custom ? PATCHES : [...PATCHES, 'application/strategic-merge-patch+json'];
  const patch = {
    content: Object.fromEntries(patchTypes.map((each) => [each, { schema: { type: 'object' } }])),
  };
  const place = namespaced ? [pathParameter('namespace')] : [];
  const one = {
    get: operation('get'),
    put: operation('put', { parameters: WRITES, requestBody: body }),
    patch: operation('patch', { parameters: [...WRITES, FORCE], requestBody: patch }),
    delete: operation('delete', { parameters: WRITES.slice(0, 1) }),
  };
  return {
    [collection]: {
      parameters: place,
      get: operation('list'),
      post: operation('post', { parameters: WRITES, requestBody: body }),
      delete: operation('deletecollection', { parameters: WRITES.slice(0, 1) }),
    },
    [`${collection}/{name}`]: { parameters: [...place, pathParameter('name')], ...one },
    ...(version.hasStatus
      ? { [`${collection}/{name}/status`]: { get: one.get, put: one.put, patch: one.patch } }
      : {}),
  };
}

function pathParameter(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string', uniqueItems: true } };
}
