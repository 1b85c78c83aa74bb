import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, runGit } from '@drydock/git';
import { type RunningCluster, startCluster } from '@drydock/kube';
import { silentLogger } from '@drydock/promoter';
import { readPromoterConfig, type ServingPromoter, servePromoter } from '@drydock/promoter/serve';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const TOKEN = 'operator-token-of-the-test';
const PATIENCE = { timeout: 30_000, interval: 50 };

let folder: string;
let hub: RunningCluster;
let remote: string;
let replicas: ServingPromoter[];

/** The files of this repository as they lie here, as the first commit of a repository elsewhere. */
async function pushFiles(): Promise<void> {
  await createRepository(remote);
  const env = { GIT_DIR: remote, GIT_WORK_TREE: ROOT, GIT_INDEX_FILE: join(folder, 'index') };
  const who = ['-c', 'user.name=developer', '-c', 'user.email=developer@example.com'];
  const git = (...args: string[]) =>
    execFileSync('git', [...who, ...args], { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'pipe' });
  git('add', '--all', '.');
  git('commit', '--quiet', '--message', 'the fleet');
}

async function startReplica(name: string): Promise<ServingPromoter> {
  const file = join(folder, `${name}.yaml`);
  const text = `
apiVersion: drydock.dev/v1alpha1
kind: PromoterConfig
spec:
  repository: { url: ${remote} }
  dataDir: data-${name}
  installation: ${ROOT}
  hub: { kubeconfig: hub.yaml, context: drydock-hub }
  listen: { port: 0 }
  poll: 1s
  access: { tokensFile: tokens.yaml }
  lease: { namespace: default }
`;
  await writeFile(file, text);
  return servePromoter(await readPromoterConfig(file), silentLogger);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-serve-'));
  remote = join(folder, 'remote.git');
  hub = await startCluster({ name: 'hub', dataDir: join(folder, 'hub') });
  await writeFile(join(folder, 'hub.yaml'), hub.kubeconfig());
  await writeFile(join(folder, 'tokens.yaml'), `- { name: operator, token: ${TOKEN} }\n`);
  await pushFiles();
  replicas = [await startReplica('a'), await startReplica('b')];
}, 60_000);
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await hub.close();
  await rm(folder, { recursive: true });
});

const there = async (ref: string) =>
  (await runGit([`--git-dir=${remote}`, 'log', '--format=%H', ref], { accept: [0, 128] })).toString().trim();
const call = (replica: ServingPromoter, path: string, method = 'GET', body?: object) =>
  fetch(`${replica.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(body && { body: JSON.stringify(body) }),
  });
const acting = () => replicas.filter((replica) => replica.acts());

describe('two promoters that stand alone', () => {
  it('bring the first releases to the repository elsewhere, one of them acting', async () => {
    await vi.waitFor(async () => expect(await there('refs/heads/env/dev')).not.toBe(''), PATIENCE);
    expect(acting()).toHaveLength(1);
    expect((await there('refs/heads/env/dev')).split('\n')).toHaveLength(1);
    expect(await there('refs/drydock/hydrated')).not.toBe('');
  });

  it('answer the same questions, and take decisions only where one acts', async () => {
    const [leader] = acting();
    const follower = replicas.find((replica) => replica !== leader);
    if (leader === undefined || follower === undefined) throw new Error('expected one of each');
    await vi.waitFor(async () => {
      const answer = (await (await call(follower, '/api/v1/matrix')).json()) as { total: number };
      expect(answer.total).toBeGreaterThan(0);
    }, PATIENCE);
    const freeze = ['/api/v1/environments/prod/freeze', 'PUT', { reason: 'audit' }] as const;
    expect((await call(follower, ...freeze)).status).toBe(503);
    expect((await call(leader, ...freeze)).status).toBe(200);
    expect(await there('refs/drydock/state')).not.toBe('');
    const metrics = async (replica: ServingPromoter) => (await call(replica, '/metrics')).text();
    expect(await metrics(leader)).toContain('drydock_acting 1');
    expect(await metrics(follower)).toContain('drydock_acting 0');
  });

  it('go on with the other one when the one that acts has gone', async () => {
    const [leader] = acting();
    await leader?.close();
    await vi.waitFor(() => expect(acting()).toHaveLength(1), PATIENCE);
    const [next] = acting();
    expect(next).not.toBe(leader);
    if (next === undefined) throw new Error('expected one that acts');
    await vi.waitFor(async () => {
      const answer = await call(next, '/api/v1/environments/prod/freeze', 'DELETE');
      expect(answer.status).toBe(200);
    }, PATIENCE);
    replicas = [next];
  });
});
