import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configMap, deployment, rollOut, yaml } from '../argocd/hub-fixture.ts';
import { ClusterError } from '../cluster/cluster-client.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { FluxFixture } from './flux-fixture.ts';
import type { KustomizationStatus } from './kustomization.ts';

let fixture: FluxFixture;
beforeEach(async () => {
  fixture = new FluxFixture();
  await fixture.controller.start();
});
afterEach(async () => {
  await fixture.controller.close();
});

const web = 'Kustomization/flux-system/web';
const source = 'GitRepository/flux-system/fleet';
const statusOf = (object: KubeObject | undefined) => object?.status as KustomizationStatus;
const messageOf = (object: KubeObject | undefined, type = 'Ready'): string | undefined =>
  (statusOf(object).conditions as { type: string; message: string }[]).find((c) => c.type === type)?.message;

describe('FluxController', () => {
  it('stores the revision of a branch and applies it, with labels and inventory as Flux does', async () => {
    const commit = fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web');
    const ready = await fixture.condition(web, { status: 'True' });
    const revision = `env/edge@sha1:${commit}`;
    expect(fixture.cluster.read(source)?.status).toMatchObject({ artifact: { revision } });
    expect(messageOf(ready)).toBe(`Applied revision: ${revision}`);
    expect(statusOf(ready)).toMatchObject({
      lastAppliedRevision: revision,
      lastAttemptedRevision: revision,
      inventory: { entries: [{ id: 'shop_a__ConfigMap', v: 'v1' }] },
    });
    expect(fixture.cluster.read('ConfigMap/shop/a')?.metadata.labels).toEqual({
      'kustomize.toolkit.fluxcd.io/name': 'web',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    });
  });

  it('is not ready for a revision before that revision is applied and healthy', async () => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(deployment('web')) });
    fixture.createSource();
    fixture.create('web');
    const waiting = await fixture.condition(web, { type: 'Reconciling', status: 'True' });
    expect(statusOf(waiting).lastAppliedRevision).toBeUndefined();
    await fixture.controller.idle();
    rollOut(fixture.cluster, 'Deployment/shop/web');
    await fixture.condition(web, { status: 'True' });
    const next = fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(deployment('other')) });
    const first = statusOf(fixture.cluster.read(web)).lastAppliedRevision;
    fixture.request(source, 'now');
    const moving = await fixture.condition(web, { status: 'Unknown', reason: 'Progressing' });
    expect(statusOf(moving)).toMatchObject({
      lastAppliedRevision: first,
      lastAttemptedRevision: `env/edge@sha1:${next}`,
    });
    await fixture.controller.idle();
    expect(messageOf(fixture.cluster.read(web), 'Reconciling')).toBe(
      `Running health checks for revision env/edge@sha1:${next} with a timeout of 10m0s`,
    );
    expect(fixture.cluster.read('Deployment/shop/web')).toBeUndefined();
  });

  it('gives up waiting after the timeout, and recovers when the objects do', async () => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(deployment('web')) });
    fixture.createSource();
    fixture.create('web', { timeout: '30s' });
    await fixture.condition(web, { status: 'Unknown' });
    await fixture.controller.idle();
    fixture.clock.pass(30_000);
    const failed = await fixture.condition(web, { reason: 'HealthCheckFailed' });
    expect(messageOf(failed)).toBe(
      "health check failed after 30s: timeout waiting for: [Deployment/shop/web status: 'InProgress']",
    );
    await fixture.controller.idle();
    rollOut(fixture.cluster, 'Deployment/shop/web');
    await fixture.condition(web, { status: 'True' });
  });

  it('waits for what it depends on', async () => {
    fixture.git.commit('refs/heads/env/edge', {
      'web/a.yaml': yaml(configMap('a')),
      'db/d.yaml': yaml(deployment('db')),
    });
    fixture.createSource();
    fixture.create('web', { dependsOn: [{ name: 'db' }] });
    const missing = await fixture.condition(web, { reason: 'DependencyNotReady' });
    expect(messageOf(missing)).toBe("dependency 'flux-system/db' not found");
    fixture.create('db');
    await fixture.condition('Kustomization/flux-system/db', { status: 'Unknown' });
    await fixture.controller.idle();
    expect(messageOf(fixture.cluster.read(web))).toBe("dependency 'flux-system/db' is not ready");
    rollOut(fixture.cluster, 'Deployment/shop/db');
    await fixture.condition(web, { status: 'True' });
  });

  it('puts back what somebody changed', async () => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web');
    await fixture.condition(web, { status: 'True' });
    await fixture.controller.idle();
    const live = fixture.cluster.read('ConfigMap/shop/a');
    if (live === undefined) throw new Error('expected a');
    fixture.cluster.put({ ...live, data: { key: 'drifted' } });
    await fixture.controller.idle();
    expect(fixture.cluster.read('ConfigMap/shop/a')?.data).toEqual({ key: 'a' });
    await fixture.condition(web, { status: 'True' });
  });

  it('leaves a suspended Kustomization alone', async () => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web', { suspend: true });
    await fixture.condition(source, { status: 'True' });
    await fixture.controller.idle();
    expect(fixture.cluster.read(web)?.status).toBeUndefined();
    expect(fixture.cluster.read('ConfigMap/shop/a')).toBeUndefined();
  });

  it('acknowledges a requested reconcile', async () => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web');
    await fixture.condition(web, { status: 'True' });
    fixture.request(web, '2026-01-01T00:00:00Z');
    await fixture.cluster.until(
      () =>
        statusOf(fixture.cluster.read(web)).lastHandledReconcileAt === '2026-01-01T00:00:00Z' || undefined,
    );
  });

  it('prunes when the Kustomization goes, and keeps what says so', async () => {
    const kept = configMap('kept', { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a'), kept) });
    fixture.createSource();
    fixture.create('web');
    await fixture.condition(web, { status: 'True' });
    const type = await fixture.cluster.findType('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
    if (type === undefined) throw new Error('expected the kind');
    await fixture.cluster.delete(type, { namespace: 'flux-system', name: 'web' });
    await fixture.cluster.until(() => fixture.cluster.read(web) === undefined || undefined);
    expect(fixture.cluster.read('ConfigMap/shop/a')).toBeUndefined();
    expect(fixture.cluster.read('ConfigMap/shop/kept')).toBeDefined();
  });

  it('names the object that the API server refuses', async () => {
    fixture.cluster.refuse = (verb, { kind }) =>
      verb === 'apply' && kind === 'ConfigMap'
        ? new ClusterError('denied by policy', { code: 403, reason: 'Forbidden' })
        : undefined;
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web');
    const failed = await fixture.condition(web, { reason: 'ReconciliationFailed' });
    expect(messageOf(failed)).toBe('ConfigMap/shop/a dry-run failed (Forbidden): denied by policy');
  });

  it('does not write when nothing changed', async () => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web');
    await fixture.condition(web, { status: 'True' });
    await fixture.controller.idle();
    const writes = fixture.cluster.writes.length;
    fixture.clock.pass(600_000);
    await fixture.controller.idle();
    expect(fixture.cluster.writes.length).toBe(writes);
  });
});

describe('what Flux objects cannot do here', () => {
  it.each([
    { kind: 'HelmRepository', group: 'source.toolkit.fluxcd.io/v1', reason: 'IndexationFailed' },
    { kind: 'OCIRepository', group: 'source.toolkit.fluxcd.io/v1', reason: 'OCIArtifactPullFailed' },
    { kind: 'HelmRelease', group: 'helm.toolkit.fluxcd.io/v2', reason: 'SourceNotReady' },
  ])('reports that a $kind is never fetched', async ({ kind, group, reason }) => {
    const metadata = { name: 'kyverno', namespace: 'flux-system' };
    fixture.cluster.put({ apiVersion: group, kind, metadata, spec: {} });
    const object = await fixture.condition(`${kind}/flux-system/kyverno`, { status: 'False' });
    expect(messageOf(object)).toMatch(/^the embedded agent does not fetch/);
    await fixture.condition(`${kind}/flux-system/kyverno`, { reason });
  });

  it.each([
    {
      what: 'an unknown field',
      spec: { patches: [{}] },
      message: 'the embedded agent does not support spec.patches',
    },
    { what: 'an unknown path', spec: { path: './nowhere' }, message: './nowhere: app path does not exist' },
  ])('fails the build for $what', async ({ spec, message }) => {
    fixture.git.commit('refs/heads/env/edge', { 'web/a.yaml': yaml(configMap('a')) });
    fixture.createSource();
    fixture.create('web', spec);
    const failed = await fixture.condition(web, { reason: 'BuildFailed' });
    expect(messageOf(failed)).toBe(message);
  });

  it('reports an unknown branch on the GitRepository and a missing artifact on the Kustomization', async () => {
    fixture.createSource();
    fixture.create('web');
    const object = await fixture.condition(source, { reason: 'GitOperationFailed' });
    expect(messageOf(object)).toContain('couldn\'t find remote ref "refs/heads/env/edge"');
    await fixture.condition(web, { reason: 'ArtifactFailed' });
  });
});
