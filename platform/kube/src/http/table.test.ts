import { describe, expect, it } from 'vitest';
import type { Fields, KubeObject } from '../model/kube-object.ts';
import { customResource } from '../resources/custom-resource.ts';
import { Registry, type ServedResource } from '../resources/registry.ts';
import { tableOf, watchEncoder } from './table.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const registry = new Registry();

describe('a table', () => {
  it.each<[group: string, version: string, plural: string, object: Fields, cells: unknown[]]>([
    ['', 'v1', 'configmaps', { data: { a: '', b: '' } }, ['x', 2, '5m']],
    [
      '',
      'v1',
      'services',
      { spec: { type: 'NodePort', clusterIP: '10.0.0.1', ports: [{ port: 80, nodePort: 30000 }] } },
      ['x', 'NodePort', '10.0.0.1', '<none>', '80:30000/TCP', '5m', '<none>'],
    ],
    [
      '',
      'v1',
      'nodes',
      { spec: { unschedulable: true }, status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      ['x', 'Ready,SchedulingDisabled', '<none>', '<none>', '5m', '<none>', '<none>', '<none>'],
    ],
    [
      'batch',
      'v1',
      'jobs',
      { spec: { completions: 3 }, status: { succeeded: 1 } },
      ['x', 'Running', '1/3', '5m', '', '', '<none>'],
    ],
    [
      '',
      'v1',
      'events',
      {
        lastTimestamp: '2026-11-20T09:59:00Z',
        type: 'Normal',
        reason: 'R',
        involvedObject: { kind: 'Pod', name: 'p' },
        message: 'm',
      },
      ['60s', 'Normal', 'R', 'pod/p', '<none>', 'm', '<none>', 'x'],
    ],
  ])('of %s %s %s has the cells that kubectl shows', (group, version, plural, object, cells) => {
    const table = tableOf([made(object)], served(group, version, plural), { now: NOW }) as {
      columnDefinitions: unknown[];
      rows: { cells: unknown[] }[];
    };
    expect(table.rows[0]?.cells).toEqual(cells);
    expect(table.columnDefinitions).toHaveLength(cells.length);
  });

  it('of a custom kind has the columns of its definition', () => {
    const columns = [
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      { name: 'Since', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ];
    const version = {
      name: 'v1',
      served: true,
      storage: true,
      schema: { openAPIV3Schema: { type: 'object' } },
      additionalPrinterColumns: columns,
    };
    const spec = {
      group: 'g.io',
      scope: 'Namespaced',
      names: { kind: 'K', plural: 'ks' },
      versions: [version],
    };
    const type = customResource({ apiVersion: 'v1', kind: 'CustomResourceDefinition', metadata: {}, spec });
    const [first] = type.versions;
    if (first === undefined) throw new Error('no version');
    const table = tableOf(
      [made({ status: { conditions: [{ type: 'Ready', status: 'True' }] } })],
      { type, version: first },
      { now: NOW, includeObject: 'None' },
    );
    expect(table).toMatchObject({
      columnDefinitions: [{ name: 'Name' }, { name: 'Ready' }, { name: 'Since' }],
      rows: [{ cells: ['x', 'True', '5m'] }],
    });
    expect(JSON.stringify(table)).not.toContain('PartialObjectMetadata');
  });

  it('tells its columns once in a watch', () => {
    const encode = watchEncoder(served('', 'v1', 'configmaps'), 'table', { now: () => NOW });
    const stored = { object: made({}), revision: 1, json: '' };
    expect(JSON.parse(encode(stored)).columnDefinitions).toHaveLength(3);
    expect(JSON.parse(encode(stored)).columnDefinitions).toBeNull();
  });
});

function served(group: string, version: string, plural: string): ServedResource {
  const found = registry.find(group, version, plural);
  if (found === undefined) throw new Error(plural);
  return found;
}

function made(more: Fields): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: 'x', creationTimestamp: '2026-11-20T09:55:00Z' },
    ...more,
  };
}
