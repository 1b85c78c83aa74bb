import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configMap, HubFixture, repoURL, yaml } from './hub-fixture.ts';

let fixture: HubFixture;
beforeEach(async () => {
  fixture = new HubFixture();
  await fixture.controller.start();
});
afterEach(async () => {
  await fixture.controller.close();
});

describe('what an Application may not or cannot do', () => {
  const chart = { repoURL: 'https://charts.example.com', chart: 'kyverno', targetRevision: '3.2.1' };
  it.each([
    {
      what: 'a Helm chart',
      spec: { source: chart },
      type: 'ComparisonError',
      message: /does not fetch Helm charts: chart kyverno 3\.2\.1 from/,
    },
    {
      what: 'several sources with a chart',
      spec: { source: undefined, sources: [{ repoURL, path: 'app' }, chart] },
      type: 'ComparisonError',
      message: /does not fetch Helm charts/,
    },
    {
      what: 'an unknown repository',
      spec: { source: { repoURL: 'https://git.example.com/other', path: 'app' } },
      type: 'ComparisonError',
      message: /^repository https:\/\/git\.example\.com\/other is not known/,
    },
    {
      what: 'an unknown branch',
      spec: { source: { repoURL, path: 'app', targetRevision: 'nowhere' } },
      type: 'ComparisonError',
      message: /^unable to resolve 'nowhere' to a commit SHA$/,
    },
    {
      what: 'an unknown path',
      spec: { source: { repoURL, path: 'nowhere', targetRevision: 'env/dev' } },
      type: 'ComparisonError',
      message: /^nowhere: app path does not exist$/,
    },
    {
      what: 'an unknown project',
      spec: { project: 'ghost' },
      type: 'InvalidSpecError',
      message: /^Application referencing project ghost which does not exist$/,
    },
    {
      what: 'an unknown cluster',
      spec: { destination: { name: 'ghost' } },
      type: 'InvalidSpecError',
      message: /^there are no clusters with this name: ghost$/,
    },
  ])('reports $what and neither syncs nor calls it healthy', async ({ spec, type, message }) => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop', spec);
    const status = await fixture.status('shop', (s) => s.conditions !== undefined);
    expect(status).toMatchObject({ sync: { status: 'Unknown' }, health: { status: 'Unknown' } });
    expect(status.conditions?.[0]?.type).toBe(type);
    expect(status.conditions?.[0]?.message).toMatch(message);
    expect(fixture.dev.writes).toEqual([]);
  });

  it('is told which source and destination its project does not permit', async () => {
    const destinations = [{ name: 'dev', namespace: 'team-*' }];
    const spec = { sourceRepos: ['https://git.example.com/team/*'], destinations };
    const metadata = { name: 'team', namespace: 'argocd' };
    fixture.hub.put({ apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata, spec });
    fixture.create('shop', { project: 'team' });
    const status = await fixture.status('shop', (s) => s.conditions !== undefined);
    expect(status.conditions?.map((condition) => condition.message)).toEqual([
      `application repo ${repoURL} is not permitted in project 'team'`,
      "application destination server 'https://dev.example.com:6443' and namespace 'shop' do not match any of the allowed destinations in project 'team'",
    ]);
  });

  it('may not apply a kind that its project does not list', async () => {
    const spec = { sourceRepos: ['*'], destinations: [{ name: '*', namespace: 'shop' }] };
    const metadata = { name: 'team', namespace: 'argocd' };
    fixture.hub.put({ apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata, spec });
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } };
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(namespace) });
    fixture.create('shop', { project: 'team', syncPolicy: { automated: {}, retry: { limit: 0 } } });
    const status = await fixture.status('shop', (s) => s.operationState?.phase === 'Failed');
    expect(status.operationState?.message).toContain('resource :Namespace is not permitted in project team.');
    expect(fixture.dev.read('Namespace/other')).toBeUndefined();
  });

  it('warns when another Application tracks the same object', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('first', { syncPolicy: {} });
    const annotations = { 'argocd.argoproj.io/tracking-id': 'second:/ConfigMap:shop/a' };
    fixture.dev.put({ ...configMap('a'), metadata: { name: 'a', namespace: 'shop', annotations } });
    fixture.refresh('first');
    const status = await fixture.status('first', (s) => s.conditions !== undefined);
    expect(status.conditions?.[0]).toMatchObject({
      type: 'SharedResourceWarning',
      message: 'ConfigMap/a is part of applications first and second',
    });
  });
});
