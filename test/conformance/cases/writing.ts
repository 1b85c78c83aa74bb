import { type Case, configMap, deployment, expectEqual, expectStatus, expectThat } from '../case.ts';

/** Create, read, update, delete and their rules. */
export const WRITING: readonly Case[] = [
  {
    name: 'create: the server fills in uid, resourceVersion, creationTimestamp and managedFields',
    check: async (probe) => {
      const answer = await probe.post(probe.in('v1', 'configmaps'), configMap('a', { data: { a: 'b' } }));
      expectStatus(answer, 201);
      const { uid, resourceVersion, creationTimestamp, managedFields, namespace } = answer.body.metadata;
      expectThat(/^[0-9a-f-]{36}$/.test(uid) && /^\d+$/.test(resourceVersion), 'uid and resourceVersion');
      expectThat(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(creationTimestamp),
        'a creationTimestamp of whole seconds',
      );
      expectEqual(
        [managedFields[0].manager, namespace],
        ['conformance', probe.namespace],
        'manager and namespace',
      );
    },
  },
  {
    name: 'create: the same name again is 409 AlreadyExists',
    check: async (probe) => {
      await probe.post(probe.in('v1', 'configmaps'), configMap('a'));
      expectStatus(await probe.post(probe.in('v1', 'configmaps'), configMap('a')), 409, 'AlreadyExists');
    },
  },
  {
    name: 'create: generateName gives every object another name',
    check: async (probe) => {
      const named = () => probe.post(probe.in('v1', 'configmaps'), { metadata: { generateName: 'g-' } });
      const [a, b] = [(await named()).body.metadata.name, (await named()).body.metadata.name];
      expectThat(/^g-[a-z0-9]{5}$/.test(a) && a !== b, `two generated names, not ${a} and ${b}`);
    },
  },
  {
    name: 'create: an illegal name is 422 with the field',
    check: async (probe) => {
      const answer = await probe.post(probe.in('v1', 'configmaps'), configMap('Not_A_Name'));
      expectStatus(answer, 422, 'Invalid');
      expectEqual(answer.body.details.causes[0].field, 'metadata.name', 'field');
    },
  },
  {
    name: 'create: into a namespace that does not exist is 404',
    check: async (probe) =>
      expectStatus(
        await probe.post('/api/v1/namespaces/nowhere-at-all/configmaps', configMap('a')),
        404,
        'NotFound',
      ),
  },
  {
    name: 'create: another namespace in the body than in the path is 400',
    check: async (probe) =>
      expectStatus(
        await probe.post(probe.in('v1', 'configmaps'), configMap('a', { metadata: { namespace: 'other' } })),
        400,
        'BadRequest',
      ),
  },
  {
    name: 'create: a resourceVersion is refused',
    check: async (probe) =>
      expectStatus(
        await probe.post(
          probe.in('v1', 'configmaps'),
          configMap('a', { metadata: { resourceVersion: '1' } }),
        ),
        400,
        'BadRequest',
      ),
  },
  {
    name: 'create: another kind than the path says is 400',
    check: async (probe) =>
      expectStatus(
        await probe.post(probe.in('v1', 'configmaps'), {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'a' },
        }),
        400,
      ),
  },
  {
    name: 'create: dryRun=All answers and keeps nothing',
    check: async (probe) => {
      expectStatus(await probe.post(`${probe.in('v1', 'configmaps')}?dryRun=All`, configMap('dry')), 201);
      expectStatus(await probe.get(`${probe.in('v1', 'configmaps')}/dry`), 404, 'NotFound');
    },
  },
  {
    name: 'create: fieldValidation=Strict refuses unknown fields, Warn warns',
    check: async (probe) => {
      const body = configMap('a', { datta: { a: 'b' } });
      expectStatus(
        await probe.post(`${probe.in('v1', 'configmaps')}?fieldValidation=Strict`, body),
        400,
        'BadRequest',
      );
      const warned = await probe.post(`${probe.in('v1', 'configmaps')}?fieldValidation=Warn`, body);
      expectThat(
        String(warned.headers.warning).includes('unknown field'),
        'a warning about an unknown field',
      );
    },
  },
  {
    name: 'create: a Deployment gets its defaults',
    check: async (probe) => {
      const { spec } = (await probe.post(`${probe.in('apps/v1', 'deployments')}?dryRun=All`, deployment('d')))
        .body;
      expectEqual(
        spec.strategy,
        { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        'strategy',
      );
      expectEqual([spec.revisionHistoryLimit, spec.progressDeadlineSeconds], [10, 600], 'limits');
      const pod = spec.template.spec;
      expectEqual(
        [pod.restartPolicy, pod.dnsPolicy, pod.terminationGracePeriodSeconds],
        ['Always', 'ClusterFirst', 30],
        'pod',
      );
      expectEqual(pod.containers[0].imagePullPolicy, 'IfNotPresent', 'pull policy');
    },
  },
  {
    name: 'create: a Deployment whose selector does not fit its template is 422',
    check: async (probe) => {
      const body = deployment('d', { selector: { matchLabels: { app: 'other' } } });
      expectStatus(await probe.post(probe.in('apps/v1', 'deployments'), body), 422, 'Invalid');
    },
  },
  {
    name: 'create: stringData of a Secret becomes data',
    check: async (probe) => {
      const { body } = await probe.post(probe.in('v1', 'secrets'), {
        metadata: { name: 's' },
        stringData: { a: 'b' },
      });
      expectEqual([body.data, body.stringData, body.type], [{ a: 'Yg==' }, undefined, 'Opaque'], 'data');
    },
  },
  {
    name: 'update: a stale resourceVersion is 409 Conflict',
    check: async (probe) => {
      const first = (await probe.post(probe.in('v1', 'configmaps'), configMap('a'))).body;
      await probe.put(`${probe.in('v1', 'configmaps')}/a`, { ...first, data: { a: '1' } });
      expectStatus(
        await probe.put(`${probe.in('v1', 'configmaps')}/a`, { ...first, data: { a: '2' } }),
        409,
        'Conflict',
      );
    },
  },
  {
    name: 'update: what changes nothing keeps the resourceVersion',
    check: async (probe) => {
      const first = (await probe.post(probe.in('v1', 'configmaps'), configMap('a', { data: { a: 'b' } })))
        .body;
      const again = (await probe.put(`${probe.in('v1', 'configmaps')}/a`, first)).body;
      expectEqual(again.metadata.resourceVersion, first.metadata.resourceVersion, 'resourceVersion');
    },
  },
  {
    name: 'update: an immutable ConfigMap keeps its data',
    check: async (probe) => {
      const first = (
        await probe.post(probe.in('v1', 'configmaps'), configMap('a', { data: { a: 'b' }, immutable: true }))
      ).body;
      expectStatus(
        await probe.put(`${probe.in('v1', 'configmaps')}/a`, { ...first, data: { a: 'c' } }),
        422,
        'Invalid',
      );
    },
  },
  {
    name: 'update: generation counts changes of the spec only',
    check: async (probe) => {
      const path = probe.in('apps/v1', 'deployments');
      await probe.post(path, deployment('d', { replicas: 0 }));
      const labelled = await probe.patch(`${path}/d`, 'merge', { metadata: { labels: { a: 'b' } } });
      expectEqual(labelled.body.metadata.generation, 1, 'generation after a label');
      const paused = await probe.patch(`${path}/d`, 'merge', { spec: { minReadySeconds: 5 } });
      expectEqual(paused.body.metadata.generation, 2, 'generation after a change of the spec');
    },
  },
  {
    name: 'status: the main resource does not write it, the subresource writes nothing else',
    check: async (probe) => {
      const path = `${probe.in('policy/v1', 'poddisruptionbudgets')}`;
      const budget = {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'b' },
        spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
      };
      const made = (await probe.post(path, { ...budget, status: { currentHealthy: 7 } })).body;
      expectThat(made.status?.currentHealthy !== 7, 'no status from a create');
      const merged = (await probe.patch(`${path}/b/status`, 'merge', { spec: { minAvailable: 3 } })).body;
      expectEqual(merged.spec.minAvailable, 1, 'spec after a write of the status');
    },
  },
  {
    name: 'scale: the subresource reads and writes replicas',
    check: async (probe) => {
      const path = `${probe.in('apps/v1', 'deployments')}`;
      await probe.post(path, deployment('d', { replicas: 0 }));
      const scale = (await probe.get(`${path}/d/scale`)).body;
      expectEqual(
        [scale.kind, scale.spec.replicas ?? 0, scale.status.selector],
        ['Scale', 0, 'app=d'],
        'scale',
      );
      expectStatus(await probe.patch(`${path}/d/scale`, 'merge', { spec: { replicas: 2 } }), 200);
      expectEqual((await probe.get(`${path}/d`)).body.spec.replicas, 2, 'replicas');
    },
  },
  {
    name: 'delete: a precondition that does not hold is 409 Conflict',
    check: async (probe) => {
      await probe.post(probe.in('v1', 'configmaps'), configMap('a'));
      expectStatus(
        await probe.delete(`${probe.in('v1', 'configmaps')}/a`, { preconditions: { uid: 'other' } }),
        409,
        'Conflict',
      );
    },
  },
  {
    name: 'delete: an object with a finalizer stays until it is taken off',
    check: async (probe) => {
      const path = `${probe.in('v1', 'configmaps')}/a`;
      await probe.post(
        probe.in('v1', 'configmaps'),
        configMap('a', { metadata: { finalizers: ['example.com/wait'] } }),
      );
      await probe.delete(path);
      const waiting = (await probe.get(path)).body;
      expectThat(waiting.metadata.deletionTimestamp !== undefined, 'a deletionTimestamp');
      expectStatus(await probe.patch(path, 'merge', { metadata: { finalizers: null } }), 200);
      expectStatus(await probe.get(path), 404, 'NotFound');
    },
  },
  {
    name: 'delete: a collection is deleted by selector',
    check: async (probe) => {
      const path = probe.in('v1', 'configmaps');
      for (const name of ['a', 'b', 'c'])
        await probe.post(
          path,
          configMap(name, { metadata: { labels: { keep: name === 'c' ? 'yes' : 'no' } } }),
        );
      expectStatus(await probe.delete(`${path}?labelSelector=keep%3Dno`), 200);
      const left = (await probe.get(`${path}?labelSelector=keep`)).body.items;
      expectEqual(
        left.map((each: { metadata: { name: string } }) => each.metadata.name),
        ['c'],
        'what is left',
      );
    },
  },
];
