import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type RunningAgent, startAgent } from './agent.ts';
import type { ApplicationStatus } from './argocd/application.ts';
import { fieldAt, type KubeObject } from './cluster/kube-object.ts';
import { definitionOf, EmbeddedFixture } from './embedded-fixture.ts';
import { gitRepositoryKind, kustomizationKind, unfetchableKinds } from './flux/flux-kinds.ts';

const repoURL = 'https://git.example.com/fleet.git';
const application = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application' };
const deploymentKind = { group: 'apps', version: 'v1', kind: 'Deployment' };

const fluxDefinitions = [gitRepositoryKind, kustomizationKind, ...unfetchableKinds].map((kind) =>
  definitionOf(kind, kind.kind.endsWith('y') ? `${kind.kind.slice(0, -1).toLowerCase()}ies` : undefined),
);

let fixture: EmbeddedFixture;
let agent: RunningAgent | undefined;
beforeEach(async () => {
  fixture = await EmbeddedFixture.start(['hub', 'dev'], fluxDefinitions);
  const argocd = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } };
  await fixture.cluster('hub').apply(argocd);
  await fixture.cluster('hub').apply(fixture.secretOf('dev'));
});
afterEach(async () => {
  await agent?.close();
  await fixture.close();
});

async function start(): Promise<void> {
  const repositories = { [repoURL]: fixture.repository.gitDir };
  const kubeconfigOf = (name: string): string => fixture.cluster(name).server.kubeconfig();
  const fluxClusters = [{ name: 'dev', kubeconfig: kubeconfigOf('dev') }];
  agent = await startAgent({ hub: kubeconfigOf('hub'), repositories, fluxClusters });
}

function app(name: string, spec: object = {}): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
    spec: {
      project: 'default',
      source: { repoURL, path: 'dev/units/web', targetRevision: 'env/dev' },
      destination: { name: 'dev', namespace: 'web' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
      },
      ...spec,
    },
  };
}

function deployment(image: string, annotations: object = {}): string {
  const labels = { app: 'web' };
  const resources = { requests: { cpu: '0.1', memory: '64Mi' } };
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: { containers: [{ name: 'web', image, resources, ports: [{ containerPort: 80 }] }] },
      },
    },
  });
}

const service = stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
});

async function status(
  name: string,
  fits: (status: ApplicationStatus) => boolean,
): Promise<ApplicationStatus> {
  const ref = { ...application, namespace: 'argocd', name };
  const found = await fixture.cluster('hub').until(ref, (object) => {
    const current = object?.status as ApplicationStatus | undefined;
    return current !== undefined && fits(current);
  });
  return found?.status as ApplicationStatus;
}

const healthyAt = (revision: string) => (s: ApplicationStatus) =>
  s.sync?.revision === revision && s.sync.status === 'Synced' && s.health?.status === 'Healthy';

const files = (text: string) => ({
  'dev/units/web/deployment.yaml': text,
  'dev/units/web/service.yaml': service,
});

describe('the agent on embedded clusters', () => {
  it('brings a commit to the spoke, follows its health, heals drift, moves on with git and cleans up', async () => {
    const first = await fixture.commit('env/dev', files(deployment('web:1')));
    const [hub, dev] = [fixture.cluster('hub'), fixture.cluster('dev')];
    const web = { ...deploymentKind, namespace: 'web', name: 'web' };
    await hub.apply(app('web'));
    await start();
    const healthy = await status('web', healthyAt(first));
    expect(healthy.summary?.images).toEqual(['web:1']);
    expect(healthy.operationState?.syncResult?.resources).toHaveLength(2);

    await dev.patch(deploymentKind, web, { spec: { replicas: 5 } });
    await dev.until(web, (object) => fieldAt(object, 'spec', 'replicas') === 2);
    await status('web', (s) => healthyAt(first)(s) && s.history?.length === 2);

    const second = await fixture.commit('env/dev', { 'dev/units/web/deployment.yaml': deployment('web:2') });
    await hub.patch(
      application,
      { namespace: 'argocd', name: 'web' },
      { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } },
    );
    const moved = await status('web', healthyAt(second));
    expect(moved.summary?.images).toEqual(['web:2']);
    expect(moved.resources?.map((resource) => resource.kind)).toEqual(['Deployment']);
    await dev.until(
      { group: '', version: 'v1', kind: 'Service', namespace: 'web', name: 'web' },
      (o) => o === undefined,
    );

    await hub.delete(app('web'));
    await hub.until({ ...application, namespace: 'argocd', name: 'web' }, (object) => object === undefined);
    await dev.until(web, (object) => object === undefined);
  });

  it('reports a workload that never becomes healthy as degraded, and recovers with the next commit', async () => {
    const fault = { 'sim.drydock.dev/fault': 'crash-loop' };
    const bad = await fixture.commit('env/dev', files(deployment('web:1', fault)));
    await fixture.cluster('hub').apply(app('web'));
    await start();
    const degraded = await status('web', (s) => s.health?.status === 'Degraded');
    expect(degraded.sync).toMatchObject({ status: 'Synced', revision: bad });
    const good = await fixture.commit('env/dev', files(deployment('web:2')));
    agent?.refreshRepository(repoURL);
    await status('web', healthyAt(good));
  });

  it('delivers an app of apps and goes on after a restart', async () => {
    const child = stringify(app('web'));
    await fixture.commit('env/dev', { ...files(deployment('web:1')), 'dev/delivery/web.yaml': child });
    const source = { repoURL, path: 'dev/delivery', targetRevision: 'env/dev' };
    await fixture
      .cluster('hub')
      .apply(app('root', { source, destination: { name: 'in-cluster', namespace: 'argocd' } }));
    await start();
    await status('root', (s) => s.health?.status === 'Healthy' && s.sync?.status === 'Synced');
    await agent?.close();
    const next = await fixture.commit('env/dev', {
      ...files(deployment('web:2')),
      'dev/delivery/web.yaml': child,
    });
    await start();
    agent?.refreshRepository(repoURL);
    await status('web', healthyAt(next));
  });

  it('delivers by Flux on the spoke itself', async () => {
    const dev = fixture.cluster('dev');
    const place = (name: string) => ({ name, namespace: 'flux-system' });
    const first = await fixture.commit('env/dev', files(deployment('web:1')));
    await start();
    for (const name of ['flux-system', 'web']) {
      await dev.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    await dev.apply({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: place('fleet'),
      spec: { url: repoURL, interval: '1m', ref: { branch: 'env/dev' } },
    });
    const sourceRef = { kind: 'GitRepository', name: 'fleet' };
    const spec = {
      path: './dev/units/web',
      prune: true,
      wait: true,
      interval: '10m',
      sourceRef,
      targetNamespace: 'web',
    };
    const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' };
    await dev.apply({ ...kustomization, metadata: place('web'), spec });
    const applied = (commit: string) => (object: KubeObject | undefined) =>
      fieldAt(object, 'status', 'lastAppliedRevision') === `env/dev@sha1:${commit}`;
    await dev.until({ ...kustomizationKind, ...place('web') }, applied(first));
    const second = await fixture.commit('env/dev', { 'dev/units/web/deployment.yaml': deployment('web:2') });
    const metadata = { annotations: { 'reconcile.fluxcd.io/requestedAt': 'now' } };
    await dev.patch(gitRepositoryKind, place('fleet'), { metadata });
    await dev.until({ ...kustomizationKind, ...place('web') }, applied(second));
    const service = { group: '', version: 'v1', kind: 'Service', namespace: 'web', name: 'web' };
    await dev.until(service, (object) => object === undefined);
    await dev.delete({ ...kustomization, metadata: place('web') });
    await dev.until({ ...deploymentKind, namespace: 'web', name: 'web' }, (object) => object === undefined);
  });
});
