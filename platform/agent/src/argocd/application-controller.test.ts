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

describe('ApplicationController', () => {
  it('applies what git has, tracks it, and reports the revision, the sync and the history', async () => {
    const commit = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a'), configMap('b')) });
    fixture.create('shop');
    const status = await fixture.status('shop', healthy);
    expect(status.sync).toMatchObject({ status: 'Synced', revision: commit });
    expect(status.operationState).toMatchObject({
      phase: 'Succeeded',
      message: 'successfully synced (all tasks run)',
      syncResult: { revision: commit },
    });
    expect(status.history).toMatchObject([{ id: 0, revision: commit }]);
    expect(status.sourceType).toBe('Directory');
    const live = fixture.dev.read('ConfigMap/shop/a');
    expect(live?.metadata.annotations?.['argocd.argoproj.io/tracking-id']).toBe('shop:/ConfigMap:shop/a');
  });

  it('is progressing until the workload is rolled out, and follows it without being asked', async () => {
    fixture.git.commit('env/dev', { 'app/d.yaml': yaml(deployment('web')) });
    fixture.create('shop');
    const progressing = await fixture.status('shop', (s) => s.operationState?.phase === 'Succeeded');
    expect(progressing.health?.status).toBe('Progressing');
    rollOut(fixture.dev, 'Deployment/shop/web');
    const status = await fixture.status('shop', healthy);
    expect(status.summary?.images).toEqual(['web:1']);
  });

  it('never reports health for a revision before the sync of that revision finished', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    const seen: string[] = [];
    fixture.dev.refuse = (verb) => {
      if (verb === 'apply') seen.push(JSON.stringify(fixture.application('shop').status));
      return undefined;
    };
    const changed = { ...configMap('a'), data: { key: 'changed' } };
    const commit = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(changed) });
    fixture.refresh('shop');
    await fixture.status('shop', (s) => healthy(s) && s.sync?.revision === commit);
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({
      sync: { status: 'OutOfSync', revision: commit },
      health: { status: 'Progressing' },
      operationState: { phase: 'Running', syncResult: { revision: commit } },
    });
  });

  it('prunes what left git and keeps what is not its own', async () => {
    fixture.dev.put({ ...configMap('foreign'), metadata: { name: 'foreign', namespace: 'shop' } });
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a'), deployment('old')) });
    fixture.create('shop');
    await fixture.status('shop', (s) => s.operationState?.phase === 'Succeeded');
    const commit = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.refresh('shop');
    const status = await fixture.status('shop', (s) => healthy(s) && s.sync?.revision === commit);
    expect(status.operationState?.syncResult?.resources).toContainEqual(
      expect.objectContaining({ kind: 'Deployment', name: 'old', status: 'Pruned' }),
    );
    expect(fixture.dev.read('Deployment/shop/old')).toBeUndefined();
    expect(fixture.dev.read('ConfigMap/shop/foreign')).toBeDefined();
  });

  it('keeps an object with Prune=false, and says so', async () => {
    const kept = configMap('kept', { 'argocd.argoproj.io/sync-options': 'Prune=false' });
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a'), kept) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.refresh('shop');
    const status = await fixture.status(
      'shop',
      (s) => s.sync?.status === 'OutOfSync' && s.history?.length === 2,
    );
    expect(status.resources).toContainEqual(expect.objectContaining({ name: 'kept', requiresPruning: true }));
    expect(fixture.dev.read('ConfigMap/shop/kept')).toBeDefined();
  });

  it('puts back what somebody changed or deleted in the cluster', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a'), configMap('b')) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    const live = fixture.dev.read('ConfigMap/shop/a');
    if (live === undefined) throw new Error('expected a');
    fixture.dev.put({ ...live, data: { key: 'drifted' } });
    await fixture.dev.until(() => {
      const data = fixture.dev.read('ConfigMap/shop/a')?.data as { key: string };
      return data.key === 'a' || undefined;
    });
    await fixture.status('shop', (s) => healthy(s) && s.history?.length === 2);
  });

  it('leaves drift alone without self-heal, and reports it', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop', { syncPolicy: { automated: { prune: true } } });
    await fixture.status('shop', healthy);
    const live = fixture.dev.read('ConfigMap/shop/a');
    if (live === undefined) throw new Error('expected a');
    fixture.dev.put({ ...live, data: { key: 'drifted' } });
    const status = await fixture.status('shop', (s) => s.sync?.status === 'OutOfSync');
    expect(status.history).toHaveLength(1);
  });

  it('does not write when nothing changed', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    await fixture.controller.idle();
    const [hub, dev] = [fixture.hub.writes.length, fixture.dev.writes.length];
    fixture.dev.put({ ...configMap('other'), metadata: { name: 'other', namespace: 'shop' } });
    fixture.hub.put({
      ...fixture.application('shop'),
      metadata: { ...fixture.application('shop').metadata, labels: { x: 'y' } },
    });
    fixture.controller.refreshRepository('https://unrelated.example.com/x');
    await fixture.controller.idle();
    expect([fixture.hub.writes.length, fixture.dev.writes.length]).toEqual([hub, dev]);
  });

  it('removes the refresh annotation and moves reconciledAt when a refresh finds nothing new', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop');
    const before = await fixture.status('shop', healthy);
    fixture.clock.pass(5_000);
    fixture.refresh('shop');
    const after = await fixture.status('shop', (s) => s.reconciledAt !== before.reconciledAt);
    expect(after.health?.lastTransitionTime).toBe(before.health?.lastTransitionTime);
    await fixture.hub.until(
      () =>
        fixture.application('shop').metadata.annotations?.['argocd.argoproj.io/refresh'] === undefined ||
        undefined,
    );
  });

  it('looks at git by itself after the poll interval', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    await fixture.controller.idle();
    const commit = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('b')) });
    fixture.clock.pass(180_000);
    await fixture.status('shop', (s) => healthy(s) && s.sync?.revision === commit);
  });

  it('waits for the health of one wave before the next', async () => {
    const second = configMap('second', { 'argocd.argoproj.io/sync-wave': '1' });
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(second, deployment('first')) });
    fixture.create('shop');
    const waiting = await fixture.status('shop', (s) => /^waiting for/.test(s.operationState?.message ?? ''));
    expect(waiting.operationState?.message).toBe('waiting for healthy state of apps/Deployment/first');
    expect(fixture.dev.read('ConfigMap/shop/second')).toBeUndefined();
    rollOut(fixture.dev, 'Deployment/shop/first');
    await fixture.status('shop', (s) => healthy(s) && s.operationState?.phase === 'Succeeded');
  });

  it('goes on with a sync that was under way when the agent was restarted', async () => {
    const second = configMap('second', { 'argocd.argoproj.io/sync-wave': '1' });
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(second, deployment('first')) });
    fixture.create('shop');
    await fixture.status('shop', (s) => /^waiting for/.test(s.operationState?.message ?? ''));
    await fixture.controller.close();
    rollOut(fixture.dev, 'Deployment/shop/first');
    await fixture.restart();
    const status = await fixture.status('shop', healthy);
    expect(status.history).toHaveLength(1);
    expect(fixture.dev.writes.filter((write) => write === 'apply Deployment/first')).toHaveLength(1);
  });

  it('gives up a sync that never ends when git moves on', async () => {
    const second = configMap('second', { 'argocd.argoproj.io/sync-wave': '1' });
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(second, deployment('broken')) });
    fixture.create('shop');
    await fixture.status('shop', (s) => /^waiting for/.test(s.operationState?.message ?? ''));
    const commit = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(second) });
    fixture.refresh('shop');
    await fixture.status('shop', (s) => healthy(s) && s.sync?.revision === commit);
  });

  it('puts several git sources together and reports a revision for each', async () => {
    const commit = fixture.git.commit('env/dev', {
      'app/a.yaml': yaml(configMap('a')),
      'more/b.yaml': yaml(configMap('b')),
    });
    const sources = [
      { repoURL, path: 'app', targetRevision: 'env/dev' },
      { repoURL, path: 'more', targetRevision: 'env/dev' },
    ];
    fixture.create('shop', { source: undefined, sources });
    const status = await fixture.status('shop', healthy);
    expect(status.sync).toMatchObject({ status: 'Synced', revisions: [commit, commit] });
    expect(status.resources?.map((resource) => resource.name)).toEqual(['a', 'b']);
    expect(status.history).toHaveLength(1);
  });

  it('runs PreSync hooks first and PostSync hooks last, and waits for both', async () => {
    const hook = (name: string, type: string) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, annotations: { 'argocd.argoproj.io/hook': type } },
    });
    fixture.git.commit('env/dev', {
      'app/a.yaml': yaml(hook('after', 'PostSync'), configMap('a'), hook('before', 'PreSync')),
    });
    fixture.create('shop');
    const complete = (name: string): void => {
      const job = fixture.dev.read(`Job/shop/${name}`);
      if (job === undefined) throw new Error(`expected ${name}`);
      fixture.dev.put({ ...job, status: { conditions: [{ type: 'Complete', status: 'True' }] } });
    };
    await fixture.status(
      'shop',
      (s) => s.operationState?.message === 'waiting for completion of hook batch/Job/before',
    );
    expect(fixture.dev.read('ConfigMap/shop/a')).toBeUndefined();
    complete('before');
    await fixture.status(
      'shop',
      (s) => s.operationState?.message === 'waiting for completion of hook batch/Job/after',
    );
    complete('after');
    const status = await fixture.status('shop', (s) => s.operationState?.phase === 'Succeeded');
    expect(status.resources?.map((resource) => resource.kind)).toEqual(['ConfigMap']);
  });

  it('deletes a hook that has succeeded when its policy says so', async () => {
    const annotations = {
      'argocd.argoproj.io/hook': 'PostSync',
      'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
    };
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a'), configMap('note', annotations)) });
    fixture.create('shop');
    const status = await fixture.status('shop', (s) => s.operationState?.phase === 'Succeeded');
    expect(status.operationState?.syncResult?.resources).toContainEqual(
      expect.objectContaining({ name: 'note', hookPhase: 'Succeeded', message: 'hook deleted' }),
    );
    expect(fixture.dev.writes).toContain('apply ConfigMap/note');
    expect(fixture.dev.read('ConfigMap/shop/note')).toBeUndefined();
  });

  it('retries a failed sync with growing pauses, then says that it gave up', async () => {
    fixture.dev.refuse = (verb) => (verb === 'apply' ? new Error('the webhook said no') : undefined);
    const commit = fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    const retry = { limit: 2, backoff: { duration: '10s', factor: 2, maxDuration: '1m' } };
    fixture.create('shop', { syncPolicy: { automated: {}, retry } });
    await fixture.status('shop', (s) => s.operationState?.retryCount === 1);
    await fixture.controller.idle();
    fixture.clock.pass(10_000);
    await fixture.status('shop', (s) => s.operationState?.retryCount === 2);
    await fixture.controller.idle();
    fixture.clock.pass(20_000);
    const status = await fixture.status('shop', (s) => s.conditions !== undefined);
    expect(status.operationState?.phase).toBe('Failed');
    expect(status.operationState?.message).toBe(
      'one or more objects failed to apply, reason: the webhook said no (retried 2 times).',
    );
    expect(status.conditions?.[0]).toMatchObject({
      type: 'SyncError',
      message: `Failed last sync attempt to [${commit}]: ${status.operationState?.message}`,
    });
  });

  it('creates the destination namespace when asked to', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    const syncOptions = ['CreateNamespace=true'];
    fixture.create('shop', { syncPolicy: { automated: {}, syncOptions } });
    await fixture.status('shop', healthy);
    expect(fixture.dev.writes.slice(0, 2)).toEqual(['apply Namespace/shop', 'apply ConfigMap/a']);
  });

  it('refuses to wipe out everything unless allowEmpty is set', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    fixture.git.commit('env/dev', { 'app/empty.yaml': '' });
    fixture.refresh('shop');
    const status = await fixture.status('shop', (s) => s.conditions !== undefined);
    expect(status.conditions?.[0]?.message).toMatch(/auto-sync will wipe out all resources$/);
    expect(fixture.dev.read('ConfigMap/shop/a')).toBeDefined();
  });

  it('reports an unreachable cluster on its own Applications only, and recovers by itself', async () => {
    fixture.git.commit('env/dev', { 'app/a.yaml': yaml(configMap('a')) });
    fixture.create('shop');
    await fixture.status('shop', healthy);
    fixture.dev.setReachable(false);
    const lost = await fixture.status('shop', (s) => s.health?.status === 'Unknown');
    expect(lost.conditions?.[0]).toMatchObject({
      type: 'ComparisonError',
      message: 'failed to compare with cluster "dev": cluster "dev" does not answer',
    });
    fixture.create('local', { destination: { name: 'in-cluster', namespace: 'shop' } });
    await fixture.status('local', healthy);
    fixture.dev.setReachable(true);
    fixture.clock.pass(10_000);
    const back = await fixture.status('shop', healthy);
    expect(back.conditions).toBeUndefined();
  });

  it('deletes with the finalizer and orphans without it', async () => {
    fixture.git.commit('env/dev', {
      'app/a.yaml': yaml(configMap('a')),
      'other/b.yaml': yaml(configMap('b')),
    });
    fixture.create('shop', {}, { finalizers: ['resources-finalizer.argocd.argoproj.io'] });
    fixture.create('orphan', { source: { repoURL, path: 'other', targetRevision: 'env/dev' } });
    await fixture.status('shop', healthy);
    await fixture.status('orphan', healthy);
    const type = await fixture.hub.findType('argoproj.io/v1alpha1', 'Application');
    if (type === undefined) throw new Error('expected the kind');
    await fixture.hub.delete(type, { namespace: 'argocd', name: 'shop' });
    await fixture.hub.delete(type, { namespace: 'argocd', name: 'orphan' });
    await fixture.hub.until(() => fixture.hub.read('Application/argocd/shop') === undefined || undefined);
    expect(fixture.dev.read('ConfigMap/shop/a')).toBeUndefined();
    expect(fixture.dev.read('ConfigMap/shop/b')).toBeDefined();
  });

  it('carries the health of child Applications up to their parent', async () => {
    const child = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'child', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: { repoURL, path: 'app', targetRevision: 'env/dev' },
        destination: { name: 'dev', namespace: 'shop' },
        syncPolicy: { automated: {} },
      },
    };
    fixture.git.commit('env/dev', { 'app/d.yaml': yaml(deployment('web')), 'root/child.yaml': yaml(child) });
    const destination = { name: 'in-cluster', namespace: 'argocd' };
    fixture.create('root', { destination, source: { repoURL, path: 'root', targetRevision: 'env/dev' } });
    await fixture.status('child', (s) => s.operationState?.phase === 'Succeeded');
    await fixture.status('root', (s) => s.sync?.status === 'Synced' && s.health?.status === 'Progressing');
    rollOut(fixture.dev, 'Deployment/shop/web');
    await fixture.status('root', healthy);
  });
});
