import { describe, expect, it } from 'vitest';
import {
  defaultProject,
  type ProjectSpec,
  permitsDestination,
  permitsKind,
  permitsSource,
} from './project-policy.ts';

const project = (spec: ProjectSpec) => ({ name: 'team', spec });
const destination = { server: 'https://dev.example.com', name: 'dev', namespace: 'team-web' };

describe('permitsSource', () => {
  it.each<[string, readonly string[], boolean]>([
    ['the same address', ['https://git/x'], true],
    ['a pattern', ['https://git/*'], true],
    ['another address', ['https://git/y'], false],
    ['a denial beside a wildcard', ['*', '!https://git/x'], false],
    ['nothing', [], false],
  ])('with %s', (_, sourceRepos, expected) => {
    expect(permitsSource(project({ sourceRepos }), 'https://git/x')).toBe(expected);
  });
});

describe('permitsDestination', () => {
  it.each<[string, ProjectSpec['destinations'], boolean]>([
    ['cluster name and namespace pattern', [{ name: 'dev', namespace: 'team-*' }], true],
    ['server and namespace', [{ server: 'https://dev.example.com', namespace: 'team-web' }], true],
    ['another cluster', [{ name: 'prod', namespace: '*' }], false],
    ['another namespace', [{ name: 'dev', namespace: 'other' }], false],
    [
      'a denied namespace',
      [
        { name: '*', namespace: '*' },
        { name: 'dev', namespace: '!team-web' },
      ],
      false,
    ],
    [
      'a denied cluster',
      [
        { name: '*', namespace: '*' },
        { name: '!dev', namespace: '*' },
      ],
      false,
    ],
    ['nothing', undefined, false],
  ])('with %s', (_, destinations, expected) => {
    expect(permitsDestination(project({ destinations }), destination)).toBe(expected);
  });
});

describe('permitsKind', () => {
  const role = { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader', namespaced: false };
  const deployment = { group: 'apps', kind: 'Deployment', name: 'web', namespaced: true };
  it.each<[string, typeof role, ProjectSpec, boolean]>([
    ['a cluster-scoped kind that is not listed', role, {}, false],
    ['a listed one', role, { clusterResourceWhitelist: [{ group: '*', kind: 'ClusterRole' }] }, true],
    [
      'one listed under another name',
      role,
      { clusterResourceWhitelist: [{ group: '*', kind: '*', name: 'x-*' }] },
      false,
    ],
    [
      'a listed and denied one',
      role,
      {
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        clusterResourceBlacklist: [{ group: '*', kind: 'ClusterRole' }],
      },
      false,
    ],
    ['a namespaced kind without lists', deployment, {}, true],
    [
      'one that the list leaves out',
      deployment,
      { namespaceResourceWhitelist: [{ group: '', kind: 'Service' }] },
      false,
    ],
    ['a denied one', deployment, { namespaceResourceBlacklist: [{ group: 'apps', kind: '*' }] }, false],
    ['everything in the default project', role, defaultProject.spec, true],
  ])('decides about %s', (_, kind, spec, expected) => {
    expect(permitsKind(project(spec), kind)).toBe(expected);
  });
});
