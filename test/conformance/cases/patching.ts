import { type Case, configMap, deployment, expectEqual, expectStatus, expectThat } from '../case.ts';

/** The four kinds of patches. */
export const PATCHING: readonly Case[] = [
  {
    name: 'patch: JSON patch changes, tests and refuses',
    check: async (probe) => {
      const path = `${probe.in('v1', 'configmaps')}/a`;
      await probe.post(probe.in('v1', 'configmaps'), configMap('a', { data: { a: 'b' } }));
      const done = await probe.patch(path, 'json', [
        { op: 'test', path: '/data/a', value: 'b' },
        { op: 'replace', path: '/data/a', value: 'c' },
      ]);
      expectEqual(done.body.data, { a: 'c' }, 'data');
      expectStatus(
        await probe.patch(path, 'json', [{ op: 'test', path: '/data/a', value: 'b' }]),
        422,
        'Invalid',
      );
    },
  },
  {
    name: 'patch: merge patch removes with null',
    check: async (probe) => {
      await probe.post(probe.in('v1', 'configmaps'), configMap('a', { data: { a: 'b', c: 'd' } }));
      const { body } = await probe.patch(`${probe.in('v1', 'configmaps')}/a`, 'merge', {
        data: { a: null, e: 'f' },
      });
      expectEqual(body.data, { c: 'd', e: 'f' }, 'data');
    },
  },
  {
    name: 'patch: strategic merge patch merges containers by name and follows $patch: delete',
    check: async (probe) => {
      const path = `${probe.in('apps/v1', 'deployments')}`;
      await probe.post(path, deployment('d', { replicas: 0 }));
      const added = await probe.patch(`${path}/d`, 'strategic-merge', {
        spec: { template: { spec: { containers: [{ name: 'side', image: 'side:1' }] } } },
      });
      const names = ({ body }: typeof added) =>
        body.spec.template.spec.containers.map(({ name }: { name: string }) => name).sort();
      expectEqual(names(added), ['main', 'side'], 'containers');
      const removed = await probe.patch(`${path}/d`, 'strategic-merge', {
        spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }] } } },
      });
      expectEqual(names(removed), ['main'], 'containers after a delete');
    },
  },
  {
    name: 'apply: creates, and the same again changes nothing',
    check: async (probe) => {
      const path = `${probe.in('v1', 'configmaps')}/a`;
      const first = await probe.apply(path, 'one', configMap('a', { data: { a: 'b' } }));
      expectStatus(first, 201);
      const again = await probe.apply(path, 'one', configMap('a', { data: { a: 'b' } }));
      expectEqual(
        [again.status, again.body.metadata.resourceVersion],
        [200, first.body.metadata.resourceVersion],
        'resourceVersion',
      );
    },
  },
  {
    name: 'apply: another manager’s value is 409 with the field, force takes it over',
    check: async (probe) => {
      const path = `${probe.in('v1', 'configmaps')}/a`;
      await probe.apply(path, 'one', configMap('a', { data: { a: 'b' } }));
      const refused = await probe.apply(path, 'two', configMap('a', { data: { a: 'c' } }));
      expectStatus(refused, 409, 'Conflict');
      const [cause] = refused.body.details.causes;
      expectEqual([cause.reason, cause.field], ['FieldManagerConflict', '.data.a'], 'cause');
      expectThat(cause.message.includes('"one"'), 'the name of the other manager');
      expectEqual(
        (await probe.apply(path, 'two', configMap('a', { data: { a: 'c' } }), '&force=true')).body.data,
        { a: 'c' },
        'data',
      );
    },
  },
  {
    name: 'apply: what is not named any more is removed, what others own stays',
    check: async (probe) => {
      const path = `${probe.in('v1', 'configmaps')}/a`;
      await probe.apply(path, 'one', configMap('a', { data: { a: '1', b: '2' } }));
      await probe.apply(path, 'two', configMap('a', { data: { c: '3' } }));
      expectEqual(
        (await probe.apply(path, 'one', configMap('a', { data: { a: '1' } }))).body.data,
        { a: '1', c: '3' },
        'data',
      );
    },
  },
  {
    name: 'apply: a dry run shows the outcome and keeps nothing',
    check: async (probe) => {
      const path = `${probe.in('v1', 'configmaps')}/a`;
      await probe.apply(path, 'one', configMap('a', { data: { a: '1' } }));
      expectEqual(
        (await probe.apply(path, 'one', configMap('a', { data: { a: '2' } }), '&dryRun=All')).body.data,
        { a: '2' },
        'shown',
      );
      expectEqual((await probe.get(path)).body.data, { a: '1' }, 'kept');
    },
  },
  {
    name: 'apply: a status in the configuration is neither written nor owned',
    check: async (probe) => {
      const path = `${probe.in('apps/v1', 'deployments')}/d`;
      const { body } = await probe.apply(path, 'one', {
        ...deployment('d', { replicas: 0 }),
        status: { replicas: 7 },
      });
      expectThat(body.status?.replicas !== 7, 'no status');
      const mine = body.metadata.managedFields.find(({ manager }: { manager: string }) => manager === 'one');
      expectEqual(mine.fieldsV1['f:status'], undefined, 'ownership of the status');
    },
  },
  {
    name: 'apply: without fieldManager is 400',
    check: async (probe) => {
      const answer = await probe.send('PATCH', `${probe.in('v1', 'configmaps')}/a`, {
        body: configMap('a'),
        type: 'application/apply-patch+yaml',
      });
      expectThat(answer.status === 400 || answer.status === 422, `a refusal, not ${answer.status}`);
    },
  },
];
