import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  type V1ConfigMap,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningCluster, startCluster } from './cluster.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'drydock-kube-'));
let cluster: RunningCluster;
let config: KubeConfig;

beforeAll(async () => {
  cluster = await startCluster({
    name: 'test',
    dataDir,
    simulation: { podReadyAfter: 30, progressDeadline: 300 },
  });
  config = new KubeConfig();
  config.loadFromString(cluster.kubeconfig());
});

afterAll(async () => {
  await cluster.close();
  rmSync(dataDir, { recursive: true });
});

describe('a cluster', () => {
  it('keeps its secrets to its owner', () => {
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'identity.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'store.log')).mode & 0o777).toBe(0o600);
  });

  it('lets nobody in without its token', async () => {
    const stranger = new KubeConfig();
    stranger.loadFromString(cluster.kubeconfig().replace(cluster.token, 'wrong'));
    await expect(stranger.makeApiClient(CoreV1Api).listNamespace()).rejects.toMatchObject({ code: 401 });
  });

  it('brings a Deployment up to ready pods and Endpoints', async () => {
    const apps = config.makeApiClient(AppsV1Api);
    await apps.createNamespacedDeployment({ namespace: 'default', body: deployment('web', 'web:1') });
    const status = await eventually(async () => {
      const { status } = await apps.readNamespacedDeployment({ namespace: 'default', name: 'web' });
      return status?.availableReplicas === 2 ? status : undefined;
    });
    expect(status.conditions?.map(({ type, status }) => [type, status])).toEqual([
      ['Available', 'True'],
      ['Progressing', 'True'],
    ]);
  });

  it('lets a Deployment fail when its image is told to', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const apps = config.makeApiClient(AppsV1Api);
    const faults = { metadata: { name: 'simulated-faults' }, data: { web: 'broken:* crash-loop' } };
    await core.createNamespacedConfigMap({ namespace: 'kube-system', body: faults });
    await apps.createNamespacedDeployment({ namespace: 'default', body: deployment('broken', 'broken:2') });
    const conditions = await eventually(async () => {
      const { status } = await apps.readNamespacedDeployment({ namespace: 'default', name: 'broken' });
      return status?.conditions?.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
    });
    expect(conditions).toMatchObject({ type: 'Progressing', status: 'False' });
    const waiting = await eventually(async () => {
      const pods = await core.listNamespacedPod({ namespace: 'default', labelSelector: 'app=broken' });
      const state = pods.items[0]?.status?.containerStatuses?.[0]?.state?.waiting;
      return state?.reason === 'ContainerCreating' ? undefined : state;
    });
    expect(waiting).toMatchObject({
      reason: 'CrashLoopBackOff',
      message: expect.stringContaining('simulated'),
    });
  });

  it('takes server-side apply, and reports conflicts by manager and field', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const apply = (manager: string, value: string, force = false) =>
      objects.patch<V1ConfigMap>(
        configMap({ key: value }),
        undefined,
        undefined,
        manager,
        force,
        PatchStrategy.ServerSideApply,
      );
    const first = await apply('one', 'a');
    expect((await apply('one', 'a')).metadata?.resourceVersion).toBe(first.metadata?.resourceVersion);
    const refused = await apply('two', 'b').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiException);
    expect(String((refused as ApiException<string>).body)).toContain('conflict with');
    expect((await apply('two', 'b', true)).data).toEqual({ key: 'b' });
  });

  it('tells a watch what happens to what it selects', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const seen: string[] = [];
    const watch = new Watch(config);
    const query = { labelSelector: 'watched=yes' };
    const stop = await watch.watch(
      '/api/v1/namespaces/default/configmaps',
      query,
      (type: string) => seen.push(type),
      () => {},
    );
    const metadata = { name: 'watched', labels: { watched: 'yes' } };
    await core.createNamespacedConfigMap({ namespace: 'default', body: { metadata } });
    await core.replaceNamespacedConfigMap({
      namespace: 'default',
      name: 'watched',
      body: { metadata, data: { a: 'b' } },
    });
    await core.replaceNamespacedConfigMap({
      namespace: 'default',
      name: 'watched',
      body: { metadata: { name: 'watched' } },
    });
    await eventually(async () => (seen.length >= 3 ? true : undefined));
    stop.abort();
    expect(seen).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  });

  it('feeds informers', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const informer = makeInformer(config, '/api/v1/namespaces', () => core.listNamespace());
    await informer.start();
    await core.createNamespace({ body: { metadata: { name: 'informed' } } });
    await eventually(async () => informer.get('informed'));
    await informer.stop();
  });

  it('ends a namespace with everything in it', async () => {
    const core = config.makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name: 'short' } } });
    await core.createNamespacedSecret({
      namespace: 'short',
      body: { metadata: { name: 's' }, stringData: { a: 'b' } },
    });
    await core.deleteNamespace({ name: 'short' });
    await eventually(async () => {
      const error = await core.readNamespace({ name: 'short' }).catch((error: unknown) => error);
      return error instanceof ApiException && error.code === 404 ? true : undefined;
    });
    expect((await core.listNamespacedSecret({ namespace: 'short' })).items).toEqual([]);
  });

  it('serves a custom resource as soon as it is defined', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    await objects.create(definition());
    const kite = {
      apiVersion: 'toys.example/v1',
      kind: 'Kite',
      metadata: { name: 'red', namespace: 'default' },
      spec: { size: 3 },
    };
    const made = await objects.create<typeof kite & KubernetesObject>(kite);
    expect(made).toMatchObject({ ...kite, metadata: { generation: 1 } });
    await expect(
      objects.create({ ...kite, metadata: { ...kite.metadata, name: 'bad' }, spec: { size: 'x' } }),
    ).rejects.toMatchObject({ code: 422 });
  });

  it('refuses an Application that Argo CD would not take', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'bad', namespace: 'default' },
    };
    const refused = await objects
      .create({ ...application, spec: { project: 'p', source: { repoURL: 3 } } } as KubernetesObject)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 422 });
    expect(String((refused as ApiException<string>).body)).toContain('spec.source.repoURL');
  });

  it('serves the definitions that it is given, another one after another start', async () => {
    const given = (size: object) => {
      const each = definition();
      const schema = {
        openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size } } } },
      };
      return {
        ...each,
        metadata: { name: 'boats.toys.example' },
        spec: {
          ...each.spec,
          names: { kind: 'Boat', plural: 'boats' },
          versions: [{ ...each.spec.versions[0], schema }],
        },
      };
    };
    const folder = mkdtempSync(join(tmpdir(), 'drydock-kube-'));
    const make = async (crds: readonly object[], name: string) => {
      const other = await startCluster({ name: 'other', dataDir: folder, crds });
      const otherConfig = new KubeConfig();
      otherConfig.loadFromString(other.kubeconfig());
      const boat = {
        apiVersion: 'toys.example/v1',
        kind: 'Boat',
        metadata: { name, namespace: 'default' },
        spec: { size: 'big' },
      };
      const code = await KubernetesObjectApi.makeApiClient(otherConfig)
        .create(boat)
        .then(
          () => 201,
          (error: ApiException<string>) => error.code,
        );
      await other.close();
      return code;
    };
    expect(await make([given({ type: 'integer' })], 'a')).toBe(422);
    expect(await make([given({ type: 'string' })], 'b')).toBe(201);
    rmSync(folder, { recursive: true });
  });

  it('is not started twice on one folder, nor half on a port that is taken', async () => {
    await expect(startCluster({ name: 'test', dataDir })).rejects.toThrow('failed to start cluster "test"');
    const folder = mkdtempSync(join(tmpdir(), 'drydock-kube-'));
    const port = Number(new URL(cluster.url).port);
    await expect(startCluster({ name: 'other', dataDir: folder, port })).rejects.toMatchObject({
      cause: { code: 'EADDRINUSE' },
    });
    await (await startCluster({ name: 'other', dataDir: folder })).close();
    rmSync(folder, { recursive: true });
  });

  it('is the same after a restart', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const before = await core.readNamespacedConfigMap({ namespace: 'default', name: 'applied' });
    const { url, token } = cluster;
    await cluster.close();
    cluster = await startCluster({ name: 'test', dataDir });
    expect([cluster.url, cluster.token]).toEqual([url, token]);
    const after = await core.readNamespacedConfigMap({ namespace: 'default', name: 'applied' });
    expect(after).toEqual(before);
  });
});

function deployment(name: string, image: string) {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } };
  return { metadata: { name }, spec: { replicas: 2, selector: { matchLabels: labels }, template } };
}

function configMap(data: Record<string, string>) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied', namespace: 'default' }, data };
}

function definition() {
  const spec = { type: 'object', properties: { size: { type: 'integer' } } };
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'kites.toys.example' },
    spec: {
      group: 'toys.example',
      scope: 'Namespaced',
      names: { kind: 'Kite', plural: 'kites' },
      versions: [version],
    },
  };
}

/** Asks again until there is an answer. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not happen');
}
