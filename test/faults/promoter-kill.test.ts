import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRepository, openRepository, type Repository, runGit } from '@drydock/git';
import { describe, expect, it } from 'vitest';
import { pushSketch, sketchFiles } from '../../platform/promoter/src/testing/sketch.ts';
import { history } from '../../platform/promoter/src/views/history.ts';
import { KILL_POINTS, type KillAt } from './crashing-repository.ts';

const { PATH } = process.env;
/** Shared by all processes, so that each starts sooner. */
const CACHE = join(tmpdir(), 'drydock-compile-cache');
const ENTRY = fileURLToPath(new URL('./promoter-process.ts', import.meta.url));
const health = [{ type: 'health' } as const];
const CONTENT = 'image: 6.9.1\n';
const SKETCH = {
  environments: [
    { name: 'dev' },
    { name: 'staging', after: ['dev'], gates: health },
    { name: 'prod', after: ['staging'], gates: health, waves: [['eu'], ['us']] },
  ],
  units: {
    podinfo: { content: CONTENT, targets: { dev: ['dev'], staging: ['staging'], prod: ['eu', 'us'] } },
  },
};
const CLUSTERS = ['dev', 'staging', 'eu', 'us'];
/** The writes of the whole way: hydrate, dev, staging, eu, us. */
const WRITES = [1, 2, 3, 4, 5];
type Actions = Readonly<Record<string, string>>;

interface Site {
  readonly gitDir: string;
  readonly repository: Repository;
  /** Clusters that are healthy from now on. */
  heal(clusters: readonly string[]): Promise<void>;
  start(killAt?: KillAt): ChildProcess;
}

async function inSite(story: (site: Site) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-kill-'));
  const gitDir = join(folder, 'fleet.git');
  const healthFile = join(folder, 'health.json');
  const children: ChildProcess[] = [];
  await createRepository(gitDir);
  const repository = await openRepository(gitDir);
  await pushSketch(repository, SKETCH, { by: 'dora', now: Date.now() });
  const site: Site = {
    gitDir,
    repository,
    async heal(clusters) {
      await writeFile(`${healthFile}.new`, JSON.stringify(clusters));
      await rename(`${healthFile}.new`, healthFile);
    },
    start(killAt) {
      const args = [ENTRY, gitDir, healthFile, ...(killAt === undefined ? [] : [JSON.stringify(killAt)])];
      const env = { NODE_COMPILE_CACHE: CACHE, PATH };
      const child = spawn(process.execPath, args, {
        detached: true,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      return child;
    },
  };
  try {
    await site.heal(CLUSTERS);
    await story(site);
  } finally {
    for (const child of children) await kill(child);
    await repository.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGKILL');
  await once(child, 'exit');
}

/** Reads what a promoter prints until it has come to rest with these verdicts. */
function until(child: ChildProcess, wanted: Actions): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      const verdicts = lines.map((line) => JSON.parse(line) as Actions);
      const isWanted = (actions: Actions) =>
        Object.entries(wanted).every(([environment, action]) => actions[environment] === action);
      if (!verdicts.some(isWanted)) return;
      child.stdout?.off('data', read);
      resolve();
    };
    child.stdout?.on('data', read);
    child.once('exit', () => reject(new Error('the promoter ended')));
  });
}

/** As if the locks that the kill has left were found some time later. */
async function ageLocks(gitDir: string): Promise<number> {
  const files = await readdir(join(gitDir, 'refs'), { recursive: true });
  const locks = files.filter((file) => file.endsWith('.lock')).map((file) => join(gitDir, 'refs', file));
  const then = new Date(Date.now() - 60_000);
  for (const lock of locks) await utimes(lock, then, then);
  return locks.length;
}

const EVERYWHERE = { dev: 'current', staging: 'current', prod: 'current' };

async function expectDone({ repository, gitDir }: Site): Promise<void> {
  for (const [environment, clusters] of Object.entries(SKETCH.units.podinfo.targets)) {
    for (const cluster of clusters) {
      for (const [path, text] of Object.entries(sketchFiles('podinfo', CONTENT))) {
        const file = await repository.readFile(`refs/heads/env/${environment}:${cluster}/${path}`);
        expect(String(file)).toBe(text);
      }
    }
  }
  const entries = await history(repository, { environments: ['dev', 'staging', 'prod'], limit: 100 });
  const moves = entries.map(({ environment, clusters }) => `${environment}: ${clusters.join()}`);
  expect(moves.sort()).toEqual(['dev: dev', 'prod: eu', 'prod: us', 'staging: staging']);
  expect(new Set(entries.map(({ promotion }) => promotion)).size).toBe(4);
  expect((await repository.listRefs('refs/drydock/releases/')).length).toBe(1);
  const faults = String(await runGit([`--git-dir=${gitDir}`, 'fsck', '--strict', '--no-dangling']));
  expect(faults.trim()).toBe('');
}

/** Every other of all combinations: each write and each point is among them. */
const CASES = WRITES.flatMap((write) => KILL_POINTS.map((point) => ({ write, point }))).filter(
  (_case, index) => index % 2 === 0,
);

describe.concurrent('a promoter that is killed with everything it has started', () => {
  it.each(CASES)(
    'at write $write, $point, loses and doubles nothing',
    (killAt) =>
      inSite(async (site) => {
        const first = site.start(killAt);
        await once(first, 'exit');
        expect(first.signalCode).toBe('SIGKILL');
        await ageLocks(site.gitDir);
        await until(site.start(), EVERYWHERE);
        await expectDone(site);
      }),
    60_000,
  );

  it(
    'promotes nothing before its time when it comes back',
    () =>
      inSite(async (site) => {
        await site.heal([]);
        const first = site.start({ point: 'after-refs', write: 2 });
        await once(first, 'exit');
        const second = site.start();
        await until(second, { dev: 'current', staging: 'wait', prod: 'wait' });
        expect(await site.repository.resolve('refs/heads/env/staging')).toBeUndefined();
        await site.heal(CLUSTERS);
        await until(second, EVERYWHERE);
        await expectDone(site);
      }),
    60_000,
  );

  it(
    'is not kept out by locks that it left on every ref',
    () =>
      inSite(async (site) => {
        const refs = ['refs/heads/env/dev', 'refs/heads/fleet', 'refs/drydock/hydrated'];
        await runGit([`--git-dir=${site.gitDir}`, 'update-ref', 'refs/heads/env/x', 'refs/heads/main']);
        await runGit([`--git-dir=${site.gitDir}`, 'update-ref', 'refs/drydock/x', 'refs/heads/main']);
        for (const ref of refs) await writeFile(join(site.gitDir, `${ref}.lock`), '');
        expect(await ageLocks(site.gitDir)).toBe(refs.length);
        await until(site.start(), EVERYWHERE);
        await expectDone(site);
      }),
    60_000,
  );
});
