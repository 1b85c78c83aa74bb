import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configMap, deployment, HubFixture, yaml } from './hub-fixture.ts';

let fixture: HubFixture;
beforeEach(async () => {
  fixture = new HubFixture();
  await fixture.controller.start();
});
afterEach(async () => {
  await fixture.controller.close();
});

describe('an operation that somebody asks for', () => {
  it('syncs an Application without automated sync, to the revision that was asked for', async () => {
    const first = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    const second = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('b')) });
    fixture.create('shop', { syncPolicy: {} });
    await fixture.status('shop', (s) => s.sync?.revision === second && s.sync.status === 'OutOfSync');
    expect(fixture.dev.writes).toEqual([]);
    const operation = { initiatedBy: { username: 'ada' }, sync: { revision: first } };
    fixture.hub.put({ ...fixture.application('shop'), operation });
    const status = await fixture.status('shop', (s) => s.operationState?.phase === 'Succeeded');
    expect(status.history).toMatchObject([{ revision: first, initiatedBy: { username: 'ada' } }]);
    expect(fixture.dev.read('ConfigMap/shop/a')).toBeDefined();
    await fixture.controller.idle();
    expect(fixture.application('shop').operation).toBeUndefined();
    expect(fixture.application('shop').status?.sync).toMatchObject({ status: 'OutOfSync', revision: second });
  });

  it('is answered at once when nothing can be compared', async () => {
    fixture.create('shop', { syncPolicy: {} });
    await fixture.status('shop', (s) => s.conditions !== undefined);
    fixture.hub.put({ ...fixture.application('shop'), operation: { sync: {} } });
    const status = await fixture.status('shop', (s) => s.operationState !== undefined);
    expect(status.operationState).toMatchObject({
      phase: 'Error',
      message: "unable to resolve 'env/dev' to a commit SHA",
    });
  });

  it('ends when somebody terminates it', async () => {
    const second = configMap('second', { 'argocd.argoproj.io/sync-wave': '1' });
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(second, deployment('stuck')) });
    fixture.create('shop', { syncPolicy: {} });
    await fixture.status('shop', (s) => s.sync?.status === 'OutOfSync');
    fixture.hub.put({ ...fixture.application('shop'), operation: { sync: {} } });
    await fixture.status('shop', (s) => /^waiting for/.test(s.operationState?.message ?? ''));
    await fixture.controller.idle();
    const app = fixture.application('shop');
    const operationState = { ...app.status?.operationState, phase: 'Terminating' };
    fixture.hub.put({ ...app, status: { ...app.status, operationState } } as typeof app);
    const status = await fixture.status('shop', (s) => s.operationState?.phase === 'Failed');
    expect(status.operationState?.message).toBe('Operation terminated');
  });
});
