import { FILE_MODE, MemoryRepository, MemoryStore } from '@drydock/git';
import { describe, expect, it } from 'vitest';
import { type NewRelease, ReleaseStore } from './release-store.ts';

const RELEASE: Omit<NewRelease, 'tree'> = {
  unit: 'podinfo',
  kind: 'Application',
  team: 'demo',
  revision: 'b'.repeat(40),
  subject: 'Release: 6.9.1\nUnit: mallory',
  sequence: 1,
  createdAt: Date.UTC(2026, 0, 5),
  requestedBy: 'dora',
};

async function add(repository: MemoryRepository, store: ReleaseStore, change: Partial<NewRelease> = {}) {
  const oid = repository.writeBlob('x');
  const paths = [
    'dev/dev/units/podinfo/a.yaml',
    'prod/us/units/podinfo/a.yaml',
    'prod/eu/units/podinfo/a.yaml',
  ];
  const tree = await repository.editTree(
    undefined,
    new Map(paths.map((path) => [path, { mode: FILE_MODE, oid }])),
  );
  const update = store.create({ ...RELEASE, tree, ...change });
  await repository.commitRefs([update], { reason: 'test' });
  return update;
}

describe('ReleaseStore', () => {
  it('reads back what was released, from a clone too', async () => {
    const disk = new MemoryStore();
    const repository = new MemoryRepository(disk);
    const { to } = await add(repository, new ReleaseStore(repository));
    const releases = await new ReleaseStore(new MemoryRepository(disk.clone())).list();
    expect(releases.get('podinfo')).toEqual([
      {
        ...RELEASE,
        id: to,
        subject: 'Release: 6.9.1 Unit: mallory',
        tree: expect.any(String),
        targets: new Map([
          ['dev', ['dev']],
          ['prod', ['eu', 'us']],
        ]),
      },
    ]);
  });

  it('lists the newest first, however they are named', async () => {
    const repository = new MemoryRepository();
    const store = new ReleaseStore(repository);
    for (const [sequence, revision] of [
      [1, 'c'],
      [3, 'a'],
      [2, 'b'],
    ] as const) {
      await add(repository, store, { sequence, revision: revision.repeat(40) });
    }
    expect((await store.list()).get('podinfo')?.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
  });

  it('never replaces a release', async () => {
    const repository = new MemoryRepository();
    const store = new ReleaseStore(repository);
    await add(repository, store);
    await expect(add(repository, store, { requestedBy: 'mallory' })).rejects.toMatchObject({
      name: 'RefConflictError',
    });
  });

  it('knows a release without targets as the removal of its unit', async () => {
    const repository = new MemoryRepository();
    const store = new ReleaseStore(repository);
    const tree = await repository.editTree(undefined, new Map());
    await add(repository, store, { tree });
    expect((await store.list()).get('podinfo')?.[0]?.targets.size).toBe(0);
  });
});
