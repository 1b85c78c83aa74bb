import type { RefTransactionOptions, RefUpdate, Repository } from '@drydock/git';

/** Where in a write the process is to be killed. */
export const KILL_POINTS = [
  'before-objects',
  'during-objects',
  'before-refs',
  'during-refs',
  'after-refs',
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

export interface KillAt {
  readonly point: KillPoint;
  /** Which write, from 1 on. */
  readonly write: number;
}

/**
 * A repository whose process is killed, together with the git processes it has started, at a point of one of its writes.
 * Everything else goes to the real one.
 */
export function crashingRepository(repository: Repository, killAt: KillAt, kill: () => void): Repository {
  let writes = 0;
  const commitRefs = async (updates: readonly RefUpdate[], options: RefTransactionOptions) => {
    writes += 1;
    const point = writes === killAt.write ? killAt.point : undefined;
    if (point === 'before-objects') kill();
    const flushed = repository.flush();
    if (point === 'during-objects') setImmediate(kill);
    await flushed;
    if (point === 'before-refs') kill();
    const moved = repository.commitRefs(updates, options);
    if (point === 'during-refs') setTimeout(kill, 3); // about as long as git needs to start
    await moved;
    if (point === 'after-refs') kill();
  };
  return new Proxy(repository, {
    get(target, name) {
      if (name === 'commitRefs') return commitRefs;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
