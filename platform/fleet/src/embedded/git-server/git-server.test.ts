import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitError, runGit } from '@drydock/git';
import { silentLogger } from '@drydock/promoter';
import { tokenAuthenticator } from '@drydock/promoter/access';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitServer, startGitServer } from './git-server.ts';
import { installRepository } from './install-repository.ts';

const FLEET = `apiVersion: drydock.dev/v1alpha1
kind: Fleet
metadata:
  name: harbor
spec:
  environments:
    - name: dev
  access:
    - user: operator
      role: admin
    - user: carol
      role: deployer
      teams: [shop]
    - user: viewer
      role: viewer
`;
const CLUSTER = `apiVersion: drydock.dev/v1alpha1
kind: Cluster
metadata:
  name: dev
spec:
  id: 1
  environment: dev
  role: hub
  network:
    podSubnet: 10.1.0.0/16
    serviceSubnet: 10.2.0.0/16
`;
const TEAM = `apiVersion: drydock.dev/v1alpha1
kind: Team
metadata:
  name: shop
spec: {}
`;

let folder: string;
let server: GitServer;
let pushes: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-git-server-'));
  pushes = 0;
  const gitDir = join(folder, 'bare.git');
  await installRepository(gitDir);
  const users = ['operator', 'carol', 'viewer'].map((name) => ({ name, token: `${name}-token` }));
  server = await startGitServer({
    gitDir,
    name: 'harbor',
    authenticator: tokenAuthenticator(users),
    port: 0,
    pushed: () => {
      pushes += 1;
    },
    logger: silentLogger,
  });
  await git('init', '--quiet', '--initial-branch=main');
  await commit({
    'clusters/fleet.yaml': FLEET,
    'clusters/dev/cluster.yaml': CLUSTER,
    'workloads/shop/team.yaml': TEAM,
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const work = () => join(folder, 'work');
const git = (...args: readonly string[]) =>
  runGit(
    args[0] === 'init'
      ? [...args, work()]
      : ['-C', work(), '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
  );

async function commit(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(work(), path, '..'), { recursive: true });
    await writeFile(join(work(), path), text);
  }
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'change');
}

/** Pushes as a user. @returns what the server said when it refused, or '' */
async function push(user: string, refspec = 'HEAD:refs/heads/main'): Promise<string> {
  const url = server.url.replace('http://', `http://${user}:${user}-token@`);
  return git('push', '--quiet', url, refspec).then(
    () => '',
    (error: unknown) => (error instanceof GitError ? error.stderr : String(error)),
  );
}

describe('the git server', () => {
  it('takes a push that validates, remembers who pushed, and tells of it', async () => {
    expect(await push('operator')).toBe('');
    expect(pushes).toBe(1);
    expect(await readFile(join(folder, 'bare.git/logs/refs/heads/main'), 'utf8')).toContain(
      ' operator <operator@',
    );
  });

  it('refuses what does not validate with every problem, its file and its line', async () => {
    await commit({
      'clusters/fleet.yaml': FLEET.replace('name: dev', 'nmae: dev'),
      'clusters/dev/cluster.yaml': CLUSTER.replace('10.2', '10.1'),
    });
    const said = await push('operator');
    expect(said).toMatch(/drydock refuses this push, nothing was changed: \d+ problems/);
    expect(said).toContain('clusters/fleet.yaml:7: spec.environments[0]');
    expect(said).toContain('clusters/dev/cluster.yaml');
  });

  it.each(['refs/heads/env/prod', 'refs/heads/fleet', 'refs/drydock/state'])(
    'refuses %s, which is the promoter’s',
    async (ref) => {
      expect(await push('operator', `HEAD:${ref}`)).toMatch(
        /written by the promoter only|deny updating a hidden ref/,
      );
    },
  );

  it('refuses to go back or to delete main', async () => {
    await push('operator');
    await commit({ 'README.md': 'more' });
    await push('operator');
    expect(await push('operator', '+HEAD~1:refs/heads/main')).toContain('non-fast-forward');
    expect(await push('operator', ':refs/heads/main')).toContain('main cannot be deleted');
  });

  it('lets a team change its own folder only, and a viewer nothing', async () => {
    await push('operator');
    await commit({ 'README.md': 'not of the team' });
    expect(await push('carol')).toContain('README.md: carol may change workloads/shop/ only');
    expect(await push('viewer')).toContain('viewer may not change files');
  });

  it.each([
    ['no credentials', {}],
    ['a wrong token', { authorization: `Basic ${Buffer.from('operator:wrong').toString('base64')}` }],
    ['another scheme', { authorization: 'Bearer operator-token' }],
  ])('answers 401 to %s', async (_, headers: Record<string, string>) => {
    const response = await fetch(`${server.url}/info/refs?service=git-upload-pack`, { headers });
    expect(response.status).toBe(401);
  });

  it.each([
    '/../../etc/passwd',
    '/other.git/info/refs?service=git-upload-pack',
    '/harbor.git/info/refs?service=git-shell',
    '/harbor.git/HEAD',
  ])('answers 404 to %s', async (path) => {
    const headers = { authorization: `Basic ${Buffer.from('x:operator-token').toString('base64')}` };
    expect((await fetch(new URL(path, server.url), { headers })).status).toBe(404);
  });
});
