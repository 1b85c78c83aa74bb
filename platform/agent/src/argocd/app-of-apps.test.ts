import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configMap, deployment, HubFixture, repoURL, rollOut, yaml } from './hub-fixture.ts';

let fixture: HubFixture;
beforeEach(async () => {
  fixture = new HubFixture();
  await fixture.controller.start();
});
afterEach(async () => {
  await fixture.controller.close();
});

const healthy = (status: { health?: { status: string } | undefined }) => status.health?.status === 'Healthy';

describe('a parent of Applications', () => {
  const child = (name: string, wave: string, source: object) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': wave } },
    spec: {
      project: 'default',
      source,
      destination: { name: 'dev', namespace: 'shop' },
      syncPolicy: { automated: {} },
    },
  });
  const root = {
    destination: { name: 'in-cluster', namespace: 'argocd' },
    source: { repoURL, path: 'root', targetRevision: 'env/dev' },
  };

  it('does not wait for a child that can never be known here', async () => {
    const chart = child('chart', '0', {
      repoURL: 'https://charts.example.com',
      chart: 'x',
      targetRevision: '1',
    });
    const plain = child('plain', '1', { repoURL, path: 'app', targetRevision: 'env/dev' });
    fixture.git.commit('env/dev', { 'root/a.yaml': yaml(chart, plain), 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('root', root);
    await fixture.status('root', (s) => healthy(s) && s.operationState?.phase === 'Succeeded');
    await fixture.status('plain', healthy);
    expect(fixture.application('chart').status?.health?.status).toBe('Unknown');
  });

  it('waits for a child that is not healthy yet', async () => {
    const first = child('first', '0', { repoURL, path: 'app', targetRevision: 'env/dev' });
    const second = child('second', '1', { repoURL, path: 'more', targetRevision: 'env/dev' });
    fixture.git.commit('env/dev', {
      'root/a.yaml': yaml(first, second),
      'app/d.yaml': yaml(deployment('web')),
      'more/c.yaml': yaml(configMap('c')),
    });
    fixture.create('root', root);
    await fixture.status('first', (s) => s.operationState?.phase === 'Succeeded');
    await fixture.controller.idle();
    expect(fixture.hub.read('Application/argocd/second')).toBeUndefined();
    rollOut(fixture.dev, 'Deployment/shop/web');
    await fixture.status('root', (s) => healthy(s) && s.operationState?.phase === 'Succeeded');
  });
});
