import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, runGit } from '@drydock/git';
import { startCluster } from '@drydock/kube';
import { silentLogger } from '@drydock/promoter';
import { readPromoterConfig, type ServingPromoter, servePromoter } from '@drydock/promoter/serve';

export const ROOT = join(import.meta.dirname, '..', '..');
export const TOKEN = 'operator-token-of-the-test';
export const PATIENCE = { timeout: 30_000, interval: 50 };

/** A repository elsewhere, a hub, and promoters that stand alone before them. */
export interface StandingAlone {
  readonly folder: string;
  /** Git directory of the repository elsewhere. */
  readonly remote: string;
  /** Writes the config of a replica. @param spec what it says besides, as lines of YAML */
  configure(name: string, spec?: string): Promise<string>;
  /** Starts a replica in this process. */
  replica(name: string, spec?: string): Promise<ServingPromoter>;
  /** Commits of a ref over there, the latest first. */
  there(ref: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Makes everything but the promoters. @param files what replaces files of this repository */
export async function standAlone(files: Readonly<Record<string, string>> = {}): Promise<StandingAlone> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-serve-'));
  const remote = join(folder, 'remote.git');
  const hub = await startCluster({ name: 'hub', dataDir: join(folder, 'hub') });
  await writeFile(join(folder, 'hub.yaml'), hub.kubeconfig());
  await writeFile(join(folder, 'tokens.yaml'), `- { name: operator, token: ${TOKEN} }\n`);
  await pushFiles(folder, remote, files);
  return {
    folder,
    remote,
    configure: (name, spec = '') => configure(folder, remote, { name, spec }),
    async replica(name, spec = '') {
      const file = await configure(folder, remote, { name, spec });
      return servePromoter(await readPromoterConfig(file), silentLogger);
    },
    async there(ref) {
      const log = await runGit([`--git-dir=${remote}`, 'log', '--format=%H', ref], { accept: [0, 128] });
      return log.toString().split('\n').filter(Boolean);
    },
    async close() {
      await hub.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The files of this repository as they lie here, as the first commit of a repository elsewhere. */
async function pushFiles(
  folder: string,
  remote: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await createRepository(remote);
  const env = { GIT_DIR: remote, GIT_WORK_TREE: ROOT, GIT_INDEX_FILE: join(folder, 'index') };
  const who = ['-c', 'user.name=developer', '-c', 'user.email=developer@example.com'];
  const git = (args: readonly string[], input?: string) =>
    String(
      execFileSync('git', [...who, ...args], {
        cwd: ROOT,
        env: { ...process.env, ...env },
        input,
        stdio: 'pipe',
      }),
    );
  git(['add', '--all', '.']);
  for (const [path, text] of Object.entries(files)) {
    const oid = git(['hash-object', '-w', '--stdin'], text).trim();
    git(['update-index', '--add', '--cacheinfo', `100644,${oid},${path}`]);
  }
  git(['commit', '--quiet', '--message', 'the fleet']);
}

async function configure(
  folder: string,
  remote: string,
  { name, spec }: { readonly name: string; readonly spec: string },
): Promise<string> {
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
${spec}
`;
  await writeFile(file, text);
  return file;
}
