import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { REPOSITORY_ROOT } from './repository-fixture.ts';

const SCRIPT = join(import.meta.dirname, 'hydrate.ts');

it('hydrates with nothing but read access to its tree', async () => {
  const { lines, code } = await hydrateIn(REPOSITORY_ROOT);
  expect(code).toBe(0);
  const last = lines.at(-1) as { readonly units: number };
  expect(last).toEqual({ type: 'done', units: lines.length - 2 });
  expect(lines.at(-2)).toMatchObject({ type: 'fleet', files: expect.any(Object) });
  expect(lines.find((line) => (line as { unit?: string }).unit === 'podinfo')).toMatchObject({
    type: 'unit',
    kind: 'Application',
    team: 'demo',
    environment: 'dev',
    cluster: 'dev',
    files: { 'delivery/podinfo.yaml': expect.stringContaining('dev.podinfo') },
  });
});

it('prints the problems of bad input and nothing else, and fails', async () => {
  const root = await mkdtemp(join(tmpdir(), 'drydock-hydrate-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'clusters'));
  await writeFile(join(root, 'clusters/fleet.yaml'), 'kind: Flet\n');
  const { lines, code } = await hydrateIn(root);
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    type: 'problems',
    problems: expect.arrayContaining([expect.objectContaining({ file: 'clusters/fleet.yaml', line: 1 })]),
  });
});

async function hydrateIn(
  root: string,
): Promise<{ readonly lines: readonly unknown[]; readonly code: number }> {
  const flags = ['--permission', `--allow-fs-read=${REPOSITORY_ROOT}`, `--allow-fs-read=${root}`];
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const run = promisify(execFile)(process.execPath, [...flags, SCRIPT, root], options);
  const { stdout, code } = await run.then(
    (result) => ({ ...result, code: 0 }),
    (error: { readonly stdout: string; readonly code: number }) => error,
  );
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { code, lines: lines.map((line): unknown => JSON.parse(line)) };
}
