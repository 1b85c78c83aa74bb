import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PATIENCE, ROOT, type StandingAlone, standAlone, TOKEN } from './standing-alone.ts';

/** `drydock promoter serve` as people run it. */
interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

let world: StandingAlone;
let running: Running[];

async function start(name: string): Promise<Running> {
  const config = await world.configure(name, '  lease: { namespace: default }');
  const main = join(ROOT, 'platform/cli/src/main.ts');
  const child = spawn(process.execPath, [main, 'promoter', 'serve', '--config', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    const entry = line.startsWith('{') ? JSON.parse(line) : {};
    if (entry.message === 'promoter is ready') {
      child.stderr.resume();
      return { child, url: entry.url };
    }
  }
  throw new Error(`it ended before it was ready: ${lines.join('\n')}`);
}

const acts = async ({ url }: Running) =>
  /^drydock_acting 1$/m.test(await (await fetch(`${url}/metrics`)).text());
const freeze = ({ url }: Running, method: 'PUT' | 'DELETE') =>
  fetch(`${url}/api/v1/environments/prod/freeze`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(method === 'PUT' && { body: JSON.stringify({ reason: 'audit' }) }),
  });

beforeAll(async () => {
  world = await standAlone();
  running = await Promise.all(['a', 'b'].map(start));
}, 90_000);
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await world.close();
});

it('goes on in another process when the one that acts is killed, and ends politely when asked to', async () => {
  await vi.waitFor(async () => expect(await world.there('refs/heads/env/dev')).toHaveLength(1), PATIENCE);
  const acting = await Promise.all(running.map(acts));
  expect(acting.filter(Boolean)).toHaveLength(1);
  const leader = running[acting.indexOf(true)];
  const follower = running[acting.indexOf(false)];
  if (leader === undefined || follower === undefined) throw new Error('expected one of each');
  expect((await freeze(leader, 'PUT')).status).toBe(200);

  leader.child.kill('SIGKILL');
  expect((await freeze(follower, 'DELETE')).status).toBe(503);
  await vi.waitFor(async () => expect((await freeze(follower, 'DELETE')).status).toBe(200), PATIENCE);
  expect(await world.there('refs/drydock/state')).toHaveLength(2);

  const ended = once(follower.child, 'exit');
  follower.child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 90_000);
