import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRepository, openRepository } from '@drydock/git';
import { ChildHydrator } from '@drydock/promoter';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

it('hydrates this repository as it stands, within what hydration may do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-hydrates-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const gitDir = join(folder, 'r.git');
  await createRepository(gitDir);
  const git = (...args: readonly string[]) =>
    run('git', [`--git-dir=${gitDir}`, `--work-tree=${ROOT}`, '-c', 'core.bare=false', ...args], {
      cwd: ROOT,
    });
  await git(
    'add',
    '-A',
    '--',
    'platform',
    'addons',
    'clusters',
    'workloads',
    'package.json',
    'package-lock.json',
  );
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  await git(...who, 'commit', '-qm', 'as it stands');
  const { stdout } = await git('rev-parse', 'HEAD');
  const repository = await openRepository(gitDir);
  onTestFinished(() => repository.close());
  const hydrator = new ChildHydrator({ repository, folder: join(folder, 'tree'), installation: ROOT });
  const { units } = await hydrator.hydrate(stdout.trim());
  expect(units.map(({ unit }) => unit)).toContain('podinfo');
}, 60_000);
