import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { WorkQueue } from './work-queue.ts';

interface Call {
  readonly key: string;
  readonly end: () => void;
}

function create(workers: number): { queue: WorkQueue; calls: Call[]; errors: unknown[]; clock: ManualClock } {
  const calls: Call[] = [];
  const errors: unknown[] = [];
  const clock = new ManualClock();
  const handle = (key: string): Promise<void> =>
    new Promise((resolve, reject) => {
      calls.push({ key, end: key === 'bad' ? () => reject(new Error('no')) : resolve });
    });
  const onError = (_: string, error: unknown): void => void errors.push(error);
  return { queue: new WorkQueue({ handle, onError, workers, clock }), calls, errors, clock };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('WorkQueue', () => {
  it('works on a key once however often it was added, and once more when it was added meanwhile', async () => {
    const { queue, calls } = create(2);
    for (let i = 0; i < 3; i += 1) queue.add('a');
    expect(calls.map((call) => call.key)).toEqual(['a']);
    calls[0]?.end();
    await settle();
    expect(calls).toHaveLength(2);
    calls[1]?.end();
    await queue.idle();
    expect(calls).toHaveLength(2);
  });

  it('never runs more keys than it has workers, and goes on after an error', async () => {
    const { queue, calls, errors } = create(1);
    for (const key of ['bad', 'b']) queue.add(key);
    expect(calls.map((call) => call.key)).toEqual(['bad']);
    calls[0]?.end();
    await settle();
    expect(errors).toHaveLength(1);
    expect(calls.map((call) => call.key)).toEqual(['bad', 'b']);
  });

  it('adds later keys when their time has come, the earliest of several times', async () => {
    const { queue, calls, clock } = create(1);
    queue.addAfter('a', 100);
    queue.addAfter('a', 50);
    queue.addAfter('a', 70);
    clock.pass(49);
    expect(calls).toHaveLength(0);
    clock.pass(1);
    expect(calls).toHaveLength(1);
    clock.pass(100);
    calls[0]?.end();
    await queue.idle();
    expect(calls).toHaveLength(1);
  });

  it('forgets what waits when it is closed, and waits for what runs', async () => {
    const { queue, calls } = create(1);
    queue.add('a');
    queue.add('b');
    const closed = queue.close();
    calls[0]?.end();
    await closed;
    queue.add('c');
    expect(calls.map((call) => call.key)).toEqual(['a']);
  });
});
