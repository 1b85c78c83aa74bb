import { MemoryRepository, MemoryStore } from '@drydock/git';
import { describe, expect, it } from 'vitest';
import { ReleaseStore } from '../releases/release-store.ts';
import { pushSketch, type SketchInput, sketchHydrator } from '../testing/sketch.ts';
import { HYDRATED_REF, hydrateRevision } from './hydrate-revision.ts';

const NOW = Date.UTC(2026, 0, 5);
const fleet = (units: SketchInput['units']): SketchInput => ({ environments: [{ name: 'dev' }], units });
const unit = (content: string) => ({ content, targets: { dev: ['dev'] } });

/** A process that works on a repository. */
function process(disk: MemoryStore) {
  const repository = new MemoryRepository(disk);
  const releases = new ReleaseStore(repository);
  const push = (sketch: SketchInput) => pushSketch(repository, sketch, { by: 'dora', now: NOW });
  const hydrate = async (revision: string, from?: string) =>
    hydrateRevision({ repository, releases, hydrator: sketchHydrator(repository), revision, from, now: NOW });
  const contents = async () => {
    const lists = [...(await releases.list())];
    return Object.fromEntries(lists.map(([name, list]) => [name, list.map(({ sequence }) => sequence)]));
  };
  return { repository, releases, push, hydrate, contents };
}

describe('hydrateRevision', () => {
  it('releases the units whose output changed, and no others', async () => {
    const { push, hydrate, contents } = process(new MemoryStore());
    const first = await push(fleet({ a: unit('1'), b: unit('1') }));
    expect(await hydrate(first)).toEqual(['a', 'b']);
    const second = await push(fleet({ a: unit('2'), b: unit('1') }));
    expect(await hydrate(second, first)).toEqual(['a']);
    expect(await contents()).toEqual({ a: [2, 1], b: [1] });
  });

  it('releases the removal of a unit once', async () => {
    const { push, hydrate, releases } = process(new MemoryStore());
    const first = await push(fleet({ a: unit('1'), b: unit('1') }));
    await hydrate(first);
    const second = await push(fleet({ a: unit('1') }));
    expect(await hydrate(second, first)).toEqual(['b']);
    expect((await releases.list()).get('b')?.[0]?.targets.size).toBe(0);
    const third = await push(fleet({ a: unit('2') }));
    expect(await hydrate(third, second)).toEqual(['a']);
  });

  it('says who pushed the revision', async () => {
    const { push, hydrate, releases } = process(new MemoryStore());
    await hydrate(await push(fleet({ a: unit('1') })));
    expect((await releases.list()).get('a')?.[0]?.requestedBy).toBe('dora');
  });

  it('does not go back to an older revision that somebody else has left behind', async () => {
    const disk = new MemoryStore();
    const [one, other] = [process(disk), process(disk)];
    const first = await one.push(fleet({ a: unit('1') }));
    const second = await one.push(fleet({ a: unit('2') }));
    await other.hydrate(second);
    await expect(one.hydrate(first)).rejects.toMatchObject({ name: 'RefConflictError' });
    expect(await one.repository.resolve(HYDRATED_REF)).toBe(second);
    expect(await one.contents()).toEqual({ a: [1] });
  });

  it('builds on no release that was added meanwhile, not even by somebody who was killed in the middle', async () => {
    const disk = new MemoryStore();
    const [one, killed] = [process(disk), process(disk)];
    const first = await one.push(fleet({ a: unit('1'), b: unit('1') }));
    await one.hydrate(first);
    const second = await one.push(fleet({ a: unit('2'), b: unit('2') }));
    const third = await one.push(fleet({ a: unit('1'), b: unit('3') }));
    const list = one.repository.listRefs.bind(one.repository);
    one.repository.listRefs = async (prefix) => {
      const listed = await list(prefix);
      one.repository.listRefs = list;
      await killed.hydrate(second, first);
      disk.refs.set(HYDRATED_REF, first); // this ref it did not get to
      return listed;
    };
    await expect(one.hydrate(third, first)).rejects.toMatchObject({ name: 'RefConflictError' });
    expect(await one.hydrate(third, first)).toEqual(['a', 'b']);
    expect(await one.contents()).toEqual({ a: [3, 2, 1], b: [3, 2, 1] });
  });
});
