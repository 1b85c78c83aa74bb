import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRepository, FILE_MODE, openRepository, type Repository, runGit } from '@drydock/git';
import { ChildHydrator } from '@drydock/promoter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WHO = { name: 'mallory', email: 'mallory@example.com', at: 0 };
const DONE = `process.stdout.write('{"type":"done","units":0}\\n');`;

let folder: string;
let repository: Repository;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-hostile-'));
  await createRepository(join(folder, 'r.git'));
  repository = await openRepository(join(folder, 'r.git'));
});
afterEach(async () => {
  await repository.close();
  await rm(folder, { recursive: true });
});

function hydrator(timeLimit = 15_000): ChildHydrator {
  const limits = { timeLimit, memoryLimit: 128, outputLimit: 1 };
  return new ChildHydrator({ repository, folder: join(folder, 'tree'), installation: ROOT, ...limits });
}

/** Commits code that takes the place of hydration. */
async function revisionWith(code: string): Promise<string> {
  const files = { 'platform/constructs/src/hydrate.ts': code, 'package.json': '{"type":"module"}' };
  const edits = Object.entries(files).map(
    ([path, text]) => [path, { mode: FILE_MODE, oid: repository.writeBlob(text) }] as const,
  );
  const tree = await repository.editTree(undefined, new Map(edits));
  const commit = repository.writeCommit({ tree, parents: [], author: WHO, committer: WHO, message: 'x\n' });
  await repository.flush();
  return commit;
}

interface Attempt {
  readonly title: string;
  /** `PORT` stands for a port that somebody listens on, `FOLDER` for a folder that can be written to. */
  readonly code: string;
  readonly refused: RegExp;
  /** Milliseconds. */
  readonly timeLimit?: number;
}

const ATTEMPTS: readonly Attempt[] = [
  {
    title: 'reads a file outside of its tree',
    code: `import { readFileSync } from 'node:fs'; readFileSync('/etc/passwd');`,
    refused: /ERR_ACCESS_DENIED/,
  },
  {
    title: 'reads the environment of the promoter',
    code: `import { readFileSync } from 'node:fs'; readFileSync('/proc/' + process.ppid + '/environ');`,
    refused: /ERR_ACCESS_DENIED/,
  },
  {
    title: 'writes a file',
    code: `import { writeFileSync } from 'node:fs'; writeFileSync('FOLDER/escaped', '');`,
    refused: /ERR_ACCESS_DENIED/,
  },
  {
    title: 'writes a file through SQLite',
    code: `import { DatabaseSync } from 'node:sqlite'; new DatabaseSync('FOLDER/escaped').exec('create table t(x)');`,
    refused: /"node:sqlite" is not available/,
  },
  {
    title: 'starts a process',
    code: `import { execFileSync } from 'node:child_process'; execFileSync('id');`,
    refused: /ERR_ACCESS_DENIED/,
  },
  {
    title: 'becomes another program',
    code: `process.execve('/usr/bin/id', ['id'], {});`,
    refused: /ERR_ACCESS_DENIED/,
  },
  {
    title: 'starts a thread',
    code: `import { Worker } from 'node:worker_threads'; new Worker('1', { eval: true });`,
    refused: /not available/,
  },
  {
    title: 'kills the promoter',
    code: `process.kill(process.ppid, 'SIGKILL');`,
    refused: /"process.kill" is not available/,
  },
  {
    title: 'opens a socket',
    code: `import { connect } from 'node:net'; connect(PORT);`,
    refused: /"node:net" is not available/,
  },
  {
    title: 'opens a socket through an old internal module',
    code: `import { ClientRequest } from 'node:_http_client'; new ClientRequest('http://127.0.0.1:PORT').end();`,
    refused: /"node:_http_client" is not available/,
  },
  {
    title: 'opens a socket of the kind that standard output is',
    code: `new process.stdout.constructor().connect(PORT, '127.0.0.1');`,
    refused: /connect is not a function/,
  },
  {
    title: 'opens a socket past the hooks',
    code: `import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => name === 'x:' ? { url: 'node:net', format: 'builtin', shortCircuit: true } : next(name, context) });
      (await import('x:')).connect(PORT);`,
    refused: /"module.registerHooks" is not available/,
  },
  {
    title: 'opens a socket through require',
    code: `import { createRequire } from 'node:module'; createRequire(import.meta.url)('net').connect(PORT);`,
    refused: /"net" is not available/,
  },
  {
    title: 'uses a binding of Node itself',
    code: `new (process.binding('tcp_wrap').TCP)(0);`,
    refused: /ERR_ACCESS_DENIED/,
  },
  { title: 'fetches', code: `await fetch('http://127.0.0.1:PORT');`, refused: /fetch is not defined/ },
  { title: 'never ends', code: `for (;;);`, refused: /ended by SIGKILL/, timeLimit: 1_000 },
  {
    title: 'eats memory',
    code: `const all = []; for (;;) all.push({ all: [...all] });`,
    refused: /failed \((ended by SIG|exit code 134)/,
  },
  {
    title: 'eats memory that V8 does not count',
    code: `const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1));`,
    refused: /ended by SIGKILL/,
  },
  {
    title: 'prints without end',
    code: `for (;;) process.stdout.write('x'.repeat(1 << 16));`,
    refused: /wrote too much/,
  },
  { title: 'prints garbage', code: `process.stdout.write('hello\\n');`, refused: /expected a line of JSON/ },
  { title: 'says nothing', code: ``, refused: /ended before everything was written/ },
  {
    title: 'ends with an error after its last line',
    code: `${DONE} process.exitCode = 3;`,
    refused: /exit code 3/,
  },
];

describe('pushed code that', () => {
  it.each(ATTEMPTS)('$title is refused with a clear error', async ({ code, refused, timeLimit }) => {
    let connected = 0;
    const server = createServer((socket) => {
      connected += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const revision = await revisionWith(
      `${code.replaceAll('PORT', port).replaceAll('FOLDER', folder)}\n${code.includes(DONE) ? '' : 'export {};'}`,
    );
    const attempt = hydrator(timeLimit).hydrate(revision);
    await expect(attempt).rejects.toMatchObject({
      name: 'HydrationError',
      message: expect.stringMatching(refused),
    });
    await new Promise((resolve) => server.close(resolve));
    expect(connected).toBe(0);
    expect(await readdir(folder)).not.toContain('escaped');
  });

  it.each([['symlink', '120000'] as const, ['submodule', '160000'] as const])(
    'comes with a %s is refused',
    async (kind, mode) => {
      const oid = kind === 'symlink' ? repository.writeBlob('/etc/passwd') : '1'.repeat(40);
      const entry = { mode, oid };
      const tree = await repository.editTree(undefined, new Map([['platform/link', entry]]));
      const commit = { tree, parents: [], author: WHO, committer: WHO, message: 'x\n' };
      const revision = repository.writeCommit(commit);
      await repository.flush();
      await expect(hydrator().hydrate(revision)).rejects.toMatchObject({
        name: 'HydrationError',
        problems: [{ file: 'platform/link', message: `expected a file, got a ${kind}` }],
      });
    },
  );

  it('needs other dependencies than those installed is refused until they are', async () => {
    const oid = repository.writeBlob('{}');
    const tree = await repository.editTree(
      undefined,
      new Map([['package-lock.json', { mode: FILE_MODE, oid }]]),
    );
    const commit = { tree, parents: [], author: WHO, committer: WHO, message: 'x\n' };
    const revision = repository.writeCommit(commit);
    await repository.flush();
    await expect(hydrator().hydrate(revision)).rejects.toThrow('needs other dependencies');
  });
});

describe('the code of this repository', () => {
  it('hydrates its own data within these limits, twice to the same bytes', async () => {
    const parts = ['addons', 'clusters', 'package.json', 'platform', 'workloads'];
    const git = async (...args: string[]) =>
      String(await runGit([`--git-dir=${repository.gitDir}`, `--work-tree=${ROOT}`, ...args])).trim();
    await git('add', '--force', '--', ...parts.map((part) => `${ROOT}/${part}`));
    const tree = await git('write-tree');
    const commit = { tree, parents: [], author: WHO, committer: WHO, message: 'x\n' };
    const revision = repository.writeCommit(commit);
    await repository.flush();
    const options = { repository, folder: join(folder, 'tree'), installation: ROOT };
    const first = await new ChildHydrator(options).hydrate(revision);
    expect(first.units.length).toBeGreaterThan(0);
    expect(await new ChildHydrator(options).hydrate(revision)).toEqual(first);
  });
});
