import {
  type Case,
  configMap,
  deployment,
  eventually,
  expectEqual,
  expectStatus,
  expectThat,
} from '../case.ts';
import type { Probe } from '../probe.ts';

/** Owners, namespaces, definitions and workloads: what happens after a write. */
export const LIFECYCLE: readonly Case[] = [
  {
    name: 'garbage: a dependent goes with its owner',
    check: async (probe) => {
      const path = probe.in('v1', 'configmaps');
      await probe.post(path, await owned(probe));
      await probe.delete(`${path}/owner`, { propagationPolicy: 'Background' });
      await eventually(
        () => probe.get(`${path}/dependent`),
        ({ status }) => status === 404,
        'no dependent',
      );
    },
  },
  {
    name: 'garbage: Orphan keeps the dependent and takes its reference out',
    check: async (probe) => {
      const path = probe.in('v1', 'configmaps');
      await probe.post(path, await owned(probe));
      await probe.delete(`${path}/owner`, { propagationPolicy: 'Orphan' });
      await eventually(
        () => probe.get(`${path}/owner`),
        ({ status }) => status === 404,
        'no owner',
      );
      expectEqual(
        (await probe.get(`${path}/dependent`)).body.metadata.ownerReferences,
        undefined,
        'references',
      );
    },
  },
  {
    name: 'garbage: Foreground waits for the dependents',
    check: async (probe) => {
      const path = probe.in('v1', 'configmaps');
      const dependent = await owned(probe);
      await probe.post(path, {
        ...dependent,
        metadata: { ...dependent.metadata, finalizers: ['example.com/wait'] },
      });
      await probe.delete(`${path}/owner`, { propagationPolicy: 'Foreground' });
      await eventually(
        () => probe.get(`${path}/dependent`),
        ({ body }) => body.metadata?.deletionTimestamp !== undefined,
        'a dependent that ends',
      );
      expectStatus(await probe.get(`${path}/owner`), 200);
      await probe.patch(`${path}/dependent`, 'merge', { metadata: { finalizers: null } });
      await eventually(
        () => probe.get(`${path}/owner`),
        ({ status }) => status === 404,
        'no owner',
      );
    },
  },
  {
    name: 'namespace: it is Active, Terminating and then gone with its content',
    check: async (probe) => {
      const name = `${probe.namespace}-x`;
      const made = await probe.post('/api/v1/namespaces', { metadata: { name } });
      expectEqual(made.body.status.phase, 'Active', 'phase');
      await probe.post(
        `/api/v1/namespaces/${name}/configmaps`,
        configMap('a', { metadata: { finalizers: ['example.com/wait'] } }),
      );
      await probe.delete(`/api/v1/namespaces/${name}`);
      expectEqual((await probe.get(`/api/v1/namespaces/${name}`)).body.status.phase, 'Terminating', 'phase');
      expectStatus(
        await probe.post(`/api/v1/namespaces/${name}/configmaps`, configMap('b')),
        403,
        'Forbidden',
      );
      await eventually(
        () => probe.get(`/api/v1/namespaces/${name}/configmaps/a`),
        ({ body }) => body.metadata?.deletionTimestamp !== undefined,
        'content that ends',
      );
      await probe.patch(`/api/v1/namespaces/${name}/configmaps/a`, 'merge', {
        metadata: { finalizers: null },
      });
      await eventually(
        () => probe.get(`/api/v1/namespaces/${name}`),
        ({ status }) => status === 404,
        'no namespace',
      );
    },
  },
  {
    name: 'namespace: those of the system stay, and none are deleted together',
    check: async (probe) => {
      expectStatus(await probe.delete('/api/v1/namespaces/kube-system'), 403, 'Forbidden');
      expectStatus(
        await probe.delete('/api/v1/namespaces?labelSelector=none%3Dsuch'),
        405,
        'MethodNotAllowed',
      );
    },
  },
  {
    name: 'namespace: a new one has a default service account',
    check: async (probe) => {
      await eventually(
        () => probe.get(`${probe.in('v1', 'serviceaccounts')}/default`),
        ({ status }) => status === 200,
        'a service account',
      );
    },
  },
  {
    name: 'definition: custom resources are validated, defaulted, pruned and versioned',
    check: async (probe) => {
      const group = await define(probe);
      const path = `/apis/${group}/v1/namespaces/${probe.namespace}/kites`;
      await eventually(
        () => probe.get(path),
        ({ status }) => status === 200,
        'a served resource',
      );
      const made = await probe.post(path, {
        apiVersion: `${group}/v1`,
        kind: 'Kite',
        metadata: { name: 'a' },
        spec: { size: 3, extra: 1 },
        status: { seen: true },
      });
      expectStatus(made, 201);
      expectEqual(
        [made.body.spec, made.body.status],
        [{ size: 3, color: 'red' }, undefined],
        'spec and status',
      );
      const bad = await probe.post(path, {
        apiVersion: `${group}/v1`,
        kind: 'Kite',
        metadata: { name: 'b' },
        spec: { size: 'big' },
      });
      expectStatus(bad, 422, 'Invalid');
      expectEqual(bad.body.details.causes[0].field, 'spec.size', 'field');
      const rule = await probe.post(path, {
        apiVersion: `${group}/v1`,
        kind: 'Kite',
        metadata: { name: 'c' },
        spec: { size: 99 },
      });
      expectStatus(rule, 422, 'Invalid');
      const status = await probe.patch(`${path}/a/status`, 'merge', {
        status: { seen: true },
        spec: { size: 7 },
      });
      expectEqual(
        [status.body.spec.size, status.body.status, status.body.metadata.generation],
        [3, { seen: true }, 1],
        'status',
      );
      expectStatus(await probe.patch(`${path}/a`, 'strategic-merge', {}), 415);
      await probe.delete(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/kites.${group}`);
      await eventually(
        () => probe.get(path),
        ({ status }) => status === 404,
        'no resource',
      );
    },
  },
  {
    name: 'workload: a Deployment becomes available and its pods go with it',
    check: async (probe) => {
      const path = probe.in('apps/v1', 'deployments');
      await probe.post(path, deployment('d', { replicas: 2 }));
      const available = await eventually(
        () => probe.get(`${path}/d`),
        ({ body }) => body.status?.availableReplicas === 2,
        'two available replicas',
      );
      expectEqual(
        available.body.status.observedGeneration,
        available.body.metadata.generation,
        'observedGeneration',
      );
      const pods = (await probe.get(`${probe.in('v1', 'pods')}?labelSelector=app%3Dd`)).body.items;
      expectThat(
        pods.every(
          (pod: { metadata: { ownerReferences: { kind: string }[] } }) =>
            pod.metadata.ownerReferences[0]?.kind === 'ReplicaSet',
        ),
        'pods of a ReplicaSet',
      );
      await probe.delete(`${path}/d`, { propagationPolicy: 'Background' });
      await eventually(
        () => probe.get(`${probe.in('v1', 'pods')}?labelSelector=app%3Dd`),
        ({ body }) => body.items.length === 0,
        'no pods',
      );
    },
  },
  {
    name: 'workload: a Service gets an address and an EndpointSlice',
    check: async (probe) => {
      const spec = { selector: { app: 'd' }, ports: [{ port: 80, targetPort: 8080 }] };
      const { body } = await probe.post(probe.in('v1', 'services'), { metadata: { name: 's' }, spec });
      expectThat(/^\d+\.\d+\.\d+\.\d+$/.test(body.spec.clusterIP), 'a cluster IP');
      const slices = `${probe.in('discovery.k8s.io/v1', 'endpointslices')}?labelSelector=kubernetes.io%2Fservice-name%3Ds`;
      await eventually(
        () => probe.get(slices),
        (answer) => answer.body.items.length === 1,
        'an EndpointSlice',
      );
    },
  },
  {
    name: 'workload: a Job completes',
    check: async (probe) => {
      const template = {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'busybox:1', command: ['true'] }],
        },
      };
      await probe.post(probe.in('batch/v1', 'jobs'), { metadata: { name: 'j' }, spec: { template } });
      await eventually(
        () => probe.get(`${probe.in('batch/v1', 'jobs')}/j`),
        ({ body }) => body.status?.succeeded === 1,
        'a job that succeeded',
      );
    },
  },
  {
    name: 'workload: exec into a pod is upgraded',
    check: async (probe) => {
      await probe.post(probe.in('v1', 'pods'), {
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'main', image: 'busybox:1' }] },
      });
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      };
      const answer = await probe.send('GET', `${probe.in('v1', 'pods')}/p/exec?command=true&stdout=true`, {
        headers,
      });
      expectThat(answer.status === 101, `an upgraded connection, not ${answer.status}`);
    },
  },
  {
    name: 'policy: a ResourceQuota refuses what is over it',
    check: async (probe) => {
      await probe.post(probe.in('v1', 'resourcequotas'), {
        metadata: { name: 'q' },
        spec: { hard: { 'count/configmaps': '0' } },
      });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expectStatus(await probe.post(probe.in('v1', 'configmaps'), configMap('over')), 403, 'Forbidden');
    },
  },
];

async function owned(probe: Probe): Promise<ReturnType<typeof configMap>> {
  const { metadata } = (await probe.post(probe.in('v1', 'configmaps'), configMap('owner'))).body;
  const reference = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'owner',
    uid: metadata.uid,
    blockOwnerDeletion: true,
  };
  return configMap('dependent', { metadata: { ownerReferences: [reference] } });
}

async function define(probe: Probe): Promise<string> {
  const group = `${probe.namespace}.example.com`;
  const spec = {
    type: 'object',
    properties: { size: { type: 'integer' }, color: { type: 'string', default: 'red' } },
    'x-kubernetes-validations': [{ rule: 'self.size < 50', message: 'too big' }],
  };
  const status = { type: 'object', properties: { seen: { type: 'boolean' } } };
  const openAPIV3Schema = { type: 'object', properties: { spec, status } };
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    subresources: { status: {} },
    schema: { openAPIV3Schema },
  };
  const names = { kind: 'Kite', plural: 'kites', singular: 'kite', listKind: 'KiteList' };
  const metadata = { name: `kites.${group}` };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata,
    spec: { group, scope: 'Namespaced', names, versions: [version] },
  };
  expectStatus(await probe.post('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition), 201);
  return group;
}
