import { type Case, configMap, expectEqual, expectStatus, expectThat } from '../case.ts';
import type { Json, Probe } from '../probe.ts';

/** Lists and watches. */
export const READING: readonly Case[] = [
  {
    name: 'list: label and field selectors select',
    check: async (probe) => {
      const path = await three(probe);
      expectEqual(await names(probe, `${path}?labelSelector=n+in+(a,b),n!%3Db`), ['a'], 'by label');
      expectEqual(await names(probe, `${path}?fieldSelector=metadata.name%3Db`), ['b'], 'by field');
      expectStatus(await probe.get(`${path}?fieldSelector=data.x%3D1`), 400, 'BadRequest');
      expectStatus(await probe.get(`${path}?labelSelector=%3D%3D`), 400, 'BadRequest');
    },
  },
  {
    name: 'list: pages show one moment',
    check: async (probe) => {
      const path = await three(probe);
      const first = (await probe.get(`${path}?labelSelector=n&limit=2`)).body;
      expectEqual([first.items.length, first.metadata.remainingItemCount ?? 1], [2, 1], 'first page');
      await probe.post(path, configMap('aa', { metadata: { labels: { n: 'aa' } } }));
      await probe.post(path, configMap('d', { metadata: { labels: { n: 'd' } } }));
      const rest = (await probe.get(`${path}?labelSelector=n&limit=2&continue=${first.metadata.continue}`))
        .body;
      expectEqual(rest.items.map(nameOf), ['c'], 'last page');
      expectEqual(rest.metadata.resourceVersion, first.metadata.resourceVersion, 'resourceVersion');
    },
  },
  {
    name: 'list: a continue token that is none is 400',
    check: async (probe) =>
      expectStatus(
        await probe.get(`${probe.in('v1', 'configmaps')}?limit=1&continue=nonsense`),
        400,
        'BadRequest',
      ),
  },
  {
    name: 'list: a revision that does not exist yet is 504',
    check: async (probe) =>
      expectStatus(
        await probe.get(
          `${probe.in('v1', 'configmaps')}?resourceVersion=99999999999&resourceVersionMatch=NotOlderThan`,
        ),
        504,
        'Timeout',
      ),
  },
  {
    name: 'list: only metadata when only that is asked for',
    check: async (probe) => {
      const path = await three(probe);
      const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
      const { body } = await probe.get(`${path}?labelSelector=n`, { accept });
      expectEqual([body.kind, body.items[0].data], ['PartialObjectMetadataList', undefined], 'list');
    },
  },
  {
    name: 'watch: from a list on, nothing is missed',
    check: async (probe) => {
      const path = await three(probe);
      const { resourceVersion } = (await probe.get(path)).body.metadata;
      await probe.post(path, configMap('d'));
      const events = await (await probe.watch(`${path}?watch=true&resourceVersion=${resourceVersion}`))(1);
      expectEqual(
        events.map(({ type, object }) => [type, nameOf(object)]),
        [['ADDED', 'd']],
        'events',
      );
    },
  },
  {
    name: 'watch: an object that leaves the selection is DELETED, one that comes in is ADDED',
    check: async (probe) => {
      const path = await three(probe);
      const wait = await probe.watch(`${path}?watch=true&labelSelector=on%3Dyes`);
      await probe.patch(`${path}/a`, 'merge', { metadata: { labels: { on: 'yes' } } });
      await probe.patch(`${path}/a`, 'merge', { data: { x: '2' } });
      await probe.patch(`${path}/a`, 'merge', { metadata: { labels: { on: null } } });
      expectEqual(
        (await wait(3)).map(({ type }) => type),
        ['ADDED', 'MODIFIED', 'DELETED'],
        'events',
      );
    },
  },
  {
    name: 'watch: a DELETED event carries a new resourceVersion',
    check: async (probe) => {
      const path = await three(probe);
      const before = (await probe.get(`${path}/a`)).body.metadata.resourceVersion;
      const { resourceVersion } = (await probe.get(path)).body.metadata;
      const wait = await probe.watch(`${path}?watch=true&resourceVersion=${resourceVersion}`);
      await probe.delete(`${path}/a`);
      const [event] = await wait(1);
      expectThat(
        event.type === 'DELETED' && BigInt(event.object.metadata.resourceVersion) > BigInt(before),
        'a newer resourceVersion',
      );
    },
  },
  {
    name: 'watch: sendInitialEvents ends the initial objects with a bookmark',
    check: async (probe) => {
      const path = await three(probe);
      const query =
        'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=n';
      const events = await (await probe.watch(`${path}?${query}`))(4);
      expectEqual(
        events.map(({ type }) => type),
        ['ADDED', 'ADDED', 'ADDED', 'BOOKMARK'],
        'events',
      );
      expectEqual(events[3].object.metadata.annotations['k8s.io/initial-events-end'], 'true', 'annotation');
    },
  },
  {
    name: 'watch: sendInitialEvents without resourceVersionMatch is refused',
    check: async (probe) =>
      expectStatus(
        await probe.get(`${probe.in('v1', 'configmaps')}?watch=true&sendInitialEvents=true`),
        422,
        'Invalid',
      ),
  },
  {
    name: 'watch: a revision that is forgotten ends with 410 in the stream',
    check: async (probe) => {
      const events = await (
        await probe.watch(`${probe.in('v1', 'configmaps')}?watch=true&resourceVersion=1`)
      )(1);
      expectEqual([events[0]?.type, events[0]?.object.code], ['ERROR', 410], 'event');
    },
  },
  {
    name: 'watch: it ends after timeoutSeconds',
    check: async (probe) => {
      const begun = Date.now();
      expectStatus(
        await probe.get(`${probe.in('v1', 'configmaps')}?watch=true&timeoutSeconds=1&resourceVersion=0`),
        200,
      );
      expectThat(Date.now() - begun < 10_000, 'an end within seconds');
    },
  },
];

async function three(probe: Probe): Promise<string> {
  const path = probe.in('v1', 'configmaps');
  for (const name of ['a', 'b', 'c'])
    await probe.post(path, configMap(name, { metadata: { labels: { n: name } } }));
  return path;
}

async function names(probe: Probe, path: string): Promise<string[]> {
  return (await probe.get(path)).body.items.map(nameOf);
}

function nameOf(object: Json): string {
  return object.metadata.name;
}
