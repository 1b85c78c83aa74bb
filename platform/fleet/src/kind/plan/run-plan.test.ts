import { UnavailableError } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import type { FleetProgress } from '../../provider.ts';
import { type Answer, recordedToolRunner } from '../../tools/recorded-tool-runner.ts';
import { type RunPlanOptions, runPlan } from './run-plan.ts';
import type { Call, Step } from './step.ts';

const kubectl = (...args: readonly string[]): Call => ({ tool: 'kubectl', args, timeLimit: 1_000 });

function step(id: string, needs: readonly string[] = [], calls: readonly Call[] = [kubectl(id)]): Step {
  return { id, title: id, needs, calls };
}

async function run(
  steps: readonly Step[],
  answers: Readonly<Record<string, Answer>> = {},
  more: Partial<RunPlanOptions> = {},
) {
  const tools = recordedToolRunner(answers);
  const events: FleetProgress[] = [];
  let now = 0;
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  const error = await runPlan([{ id: 'phase', title: 'Phase', steps }], {
    tools,
    parallel: 2,
    values: new Map(),
    progress: (event) => void events.push(event),
    finished: async () => {},
    clock: { now: () => now, sleep },
    ...more,
  }).catch((caught: unknown) => caught);
  return { calls: tools.calls, commands: tools.commands, events, error };
}

describe('running a plan', () => {
  it('begins each step when those that it needs have ended', async () => {
    const { calls, error } = await run([step('c', ['b']), step('b', ['a', 'not-in-the-plan']), step('a')]);
    expect(error).toBeUndefined();
    expect(calls).toEqual(['kubectl a', 'kubectl b', 'kubectl c']);
  });

  it('runs no more steps at once than it may', async () => {
    let running = 0;
    let most = 0;
    const tools = {
      async run() {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return { exitCode: 0, stdout: '', stderr: '' };
      },
    };
    await run(
      ['a', 'b', 'c', 'd', 'e'].map((id) => step(id)),
      {},
      { tools, parallel: 3 },
    );
    expect(most).toBe(3);
  });

  it('leaves out what is done already', async () => {
    const unless = { command: kubectl('asked'), stdout: /yes/ };
    const { calls, events } = await run([{ ...step('a'), unless }], { 'kubectl asked': 'yes' });
    expect(calls).toEqual(['kubectl asked']);
    expect(events.map(({ type }) => type)).toEqual(['started', 'skipped', 'phase']);
  });

  it('begins nothing after a failure, and names the command', async () => {
    const { calls, error } = await run([step('a'), step('b', ['a'])], {
      'kubectl a': { exitCode: 1, stderr: 'no route\n' },
    });
    expect(calls).toEqual(['kubectl a']);
    expect(String(error)).toContain('"kubectl a" ended with exit code 1: no route');
  });

  it('tries again while a call allows it', async () => {
    let left = 3;
    const answer = () => (left-- > 0 ? { exitCode: 1, stderr: 'not yet' } : 'done');
    const patient = { ...kubectl('a'), retryFor: 60_000 };
    expect((await run([step('a', [], [patient])], { 'kubectl a': answer })).calls).toHaveLength(4);
    const { error, calls } = await run([step('a', [], [{ ...patient, retryFor: 5_000 }])], {
      'kubectl a': { exitCode: 1 },
    });
    expect(String(error)).toContain('exit code 1');
    expect(calls).toHaveLength(4);
  });

  it('puts captured values into later commands and what they are fed', async () => {
    const capture = { name: 'a.token', pattern: /^\w+$/, read: (text: string) => text.toLowerCase() };
    const use: Call = {
      ...kubectl('--user=%{a.token}'),
      manifests: [{ kind: 'Secret', data: ['%{a.token}'] }],
    };
    const { commands } = await run([step('a', [], [{ ...kubectl('a'), capture }, use])], {
      'kubectl a': 'ABC',
    });
    expect(commands[1]).toMatchObject({ args: ['--user=abc'], stdin: 'kind: Secret\ndata:\n  - abc\n' });
  });

  it('refuses a captured value that is not what was expected, and does not show a secret', async () => {
    const capture = { name: 'token', pattern: /^\w+$/, secret: true };
    const { error } = await run([step('a', [], [{ ...kubectl('a'), capture }])], { 'kubectl a': 'a b; rm' });
    expect(String(error)).toBe('UnavailableError: "kubectl a": expected token, got something else');
  });

  it('waits for what runs when the signal comes, and begins nothing more', async () => {
    const controller = new AbortController();
    const finished = async () => controller.abort();
    const { calls, error } = await run(
      [step('a'), step('b', ['a'])],
      {},
      { signal: controller.signal, finished },
    );
    expect(error).toBeInstanceOf(UnavailableError);
    expect(calls).toEqual(['kubectl a']);
  });

  it('says which steps wait for each other', async () => {
    const { error } = await run([step('a', ['b']), step('b', ['a'])]);
    expect(String(error)).toContain('steps of the plan wait for each other: a, b');
  });
});
