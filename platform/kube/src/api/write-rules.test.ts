import { describe, expect, it } from 'vitest';
import type { Fields, KubeObject } from '../model/kube-object.ts';
import { BUILTIN_RESOURCES } from '../resources/builtin-resources.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { Stored } from '../store/table.ts';
import { decideDeletion, isReleased } from './delete-rules.ts';
import { metadataProblems, metadataShapeProblem } from './metadata-rules.ts';
import { serviceStrategy } from './service-strategy.ts';
import type { WriteEnvironment } from './write-context.ts';

describe('metadata', () => {
  it.each<[string, KubeObject['metadata'], string]>([
    ['an upper-case name', { name: 'A' }, 'metadata.name'],
    ['a name that is too long', { name: 'a'.repeat(254) }, 'metadata.name'],
    ['no name', {}, 'metadata.name'],
    ['a label with a space', { name: 'a', labels: { a: 'b c' } }, 'metadata.labels'],
    ['a label name with two slashes', { name: 'a', labels: { 'a/b/c': 'd' } }, 'metadata.labels'],
    [
      'an annotation that is no text',
      { name: 'a', annotations: { a: 1 as never } },
      'metadata.annotations.a',
    ],
    [
      'annotations of a megabyte',
      { name: 'a', annotations: { a: 'x'.repeat(1 << 20) } },
      'metadata.annotations',
    ],
    ['a finalizer that is no name', { name: 'a', finalizers: ['a b'] }, 'metadata.finalizers'],
  ])('is refused with %s', (_what, metadata, field) => {
    expect(metadataProblems(object(metadata), resource('configmaps')).map((each) => each.field)).toEqual([
      field,
    ]);
  });

  it('is measured by the rules of its kind', () => {
    expect(metadataProblems(object({ name: 'a.b' }), resource('namespaces'))).toHaveLength(1);
    expect(metadataProblems(object({ name: '1a' }), resource('services'))).toHaveLength(1);
    expect(
      metadataProblems(object({ name: 'system:a' }), resource('clusterroles.rbac.authorization.k8s.io')),
    ).toEqual([]);
  });

  it.each([[{ name: 3 }], [{ labels: [] }], [{ finalizers: 'x' }], [{ ownerReferences: [1] }], ['text']])(
    'of the wrong shape is found: %j',
    (metadata) => {
      expect(metadataShapeProblem(metadata)).toBeDefined();
    },
  );
});

describe('a deletion', () => {
  const decide = (
    metadata: KubeObject['metadata'],
    options: Fields = {},
    id = 'configmaps',
    more: Fields = {},
  ) => decideDeletion(object({ name: 'a', uid: 'u', ...metadata }, more), resource(id), options, 0);

  it('takes the object at once when nothing waits', () => {
    expect(decide({})).toEqual({ action: 'remove' });
    expect(decide({}, { propagationPolicy: 'Background' })).toEqual({ action: 'remove' });
  });

  it('marks it when something waits', () => {
    expect(decide({ finalizers: ['x/y'] })).toMatchObject({
      action: 'mark',
      object: { metadata: { deletionTimestamp: '1970-01-01T00:00:00Z' } },
    });
    expect(decide({}, { propagationPolicy: 'Foreground' })).toMatchObject({
      object: { metadata: { finalizers: ['foregroundDeletion'] } },
    });
    expect(decide({}, { propagationPolicy: 'Orphan' })).toMatchObject({
      object: { metadata: { finalizers: ['orphan'] } },
    });
    expect(decide({}, {}, 'namespaces')).toMatchObject({ object: { status: { phase: 'Terminating' } } });
  });

  it('gives a pod that is somewhere its time', () => {
    expect(decide({}, {}, 'pods', { spec: { nodeName: 'n' } })).toMatchObject({
      object: { metadata: { deletionTimestamp: '1970-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 } },
    });
    expect(decide({}, { gracePeriodSeconds: 0 }, 'pods', { spec: { nodeName: 'n' } })).toEqual({
      action: 'remove',
    });
    expect(decide({}, {}, 'pods')).toEqual({ action: 'remove' });
  });

  it('leaves the namespaces that a cluster cannot be without', () => {
    expect(() => decide({ name: 'kube-system' }, {}, 'namespaces')).toThrow(
      expect.objectContaining({ code: 403 }),
    );
  });

  it('keeps to its preconditions', () => {
    expect(() => decide({}, { preconditions: { uid: 'other' } })).toThrow(
      expect.objectContaining({ code: 409 }),
    );
    expect(() => decide({ resourceVersion: '1' }, { preconditions: { resourceVersion: '2' } })).toThrow(
      expect.objectContaining({ code: 409 }),
    );
  });

  it('is over when the last finalizer is gone', () => {
    expect(isReleased(object({ deletionTimestamp: 'x' }), resource('configmaps'))).toBe(true);
    expect(isReleased(object({ deletionTimestamp: 'x', finalizers: ['a'] }), resource('configmaps'))).toBe(
      false,
    );
    expect(isReleased(object({}), resource('configmaps'))).toBe(false);
  });
});

describe('a service', () => {
  const taken = (clusterIP: string): Stored => ({
    object: object({}, { spec: { clusterIP } }),
    revision: 1,
    json: '',
  });
  const environment = (list: readonly Stored[]): WriteEnvironment => ({
    now: () => 0,
    uid: () => 'u',
    suffix: () => 'xxxxx',
    list: () => list,
    serviceSubnet: '10.96.0.0/16',
  });
  const create = (spec: Fields, list: readonly Stored[] = []) =>
    serviceStrategy.prepareCreate?.(object({ name: 's' }, { spec }), environment(list))?.spec as Fields;

  it('gets the first address that is free', () => {
    expect(create({ ports: [] }, [taken('10.96.0.2'), taken('10.96.0.3')]).clusterIP).toBe('10.96.0.4');
    expect(create({ clusterIP: 'None' }).clusterIP).toBe('None');
    expect(create({ type: 'ExternalName' }).clusterIP).toBeUndefined();
  });

  it('gets node ports when it is to be seen from outside', () => {
    expect(create({ type: 'NodePort', ports: [{ port: 1 }, { port: 2, nodePort: 31000 }] }).ports).toEqual([
      { port: 1, nodePort: 30000 },
      { port: 2, nodePort: 31000 },
    ]);
  });
});

function resource(id: string): ResourceType {
  const found = BUILTIN_RESOURCES.find((type) => type.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

function object(metadata: KubeObject['metadata'], more: Fields = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Thing', metadata, ...more };
}
