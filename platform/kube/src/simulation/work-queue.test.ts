import { expect, it, vi } from 'vitest';
import { type WorkItem, WorkQueue } from './work-queue.ts';

const item = (name: string): WorkItem => ({ kind: 'object', resource: 'things', namespace: '', name });
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

it('works off each item once, however often it was added', async () => {
  const seen: string[] = [];
  const queue = new WorkQueue((each) => {
    if (each.kind === 'object') seen.push(each.name);
    return undefined;
  });
  for (const name of ['a', 'b', 'a']) queue.add(item(name));
  await settled();
  queue.add(item('a'));
  await settled();
  expect(seen).toEqual(['a', 'b', 'a']);
});

it('looks again when it is asked to, and not after it was closed', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  try {
    const work = vi.fn(() => 100);
    const queue = new WorkQueue(work);
    queue.add(item('a'));
    vi.advanceTimersByTime(250);
    expect(work).toHaveBeenCalledTimes(3);
    queue.close();
    vi.advanceTimersByTime(1000);
    expect(work).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});
