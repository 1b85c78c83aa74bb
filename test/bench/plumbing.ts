import { type Repository, runGit } from '@drydock/git';

/**
 * What a promotion of one Unit does, with nothing but git's own commands: a new record, the Unit's paths of its Release,
 * the trees above them, a commit, and the branch. The peer of the promotion benchmark.
 */
export async function promoteByPlumbing(
  repository: Repository,
  environment: string,
  unit: string,
): Promise<void> {
  const git = async (args: readonly string[], input = '') =>
    String(await runGit([`--git-dir=${repository.gitDir}`, ...args], { input })).trim();
  const ref = 'refs/heads/plumbing'; // begins as a copy of the environment branch
  const head = await git(['rev-parse', ref]);
  const record = await git(
    ['hash-object', '-w', '--stdin'],
    `${JSON.stringify({ unit, at: performance.now() })}\n`,
  );
  const blob = await git(['hash-object', '-w', '--stdin'], `content: ${performance.now()}\n`);
  const replaced = async (tree: string, name: string, entry: string) => {
    const lines = (await git(['ls-tree', tree])).split('\n').filter((line) => !line.endsWith(`\t${name}`));
    return git(['mktree'], `${[...lines, `${entry}\t${name}`].join('\n')}\n`);
  };
  const own = await git(['mktree'], `100644 blob ${blob}\tcontent.yaml\n`);
  const units = await replaced(`${head}:${environment}/units`, unit, `040000 tree ${own}`);
  const delivery = await replaced(`${head}:${environment}/delivery`, `${unit}.yaml`, `100644 blob ${blob}`);
  const records = await replaced(`${head}:.drydock`, `${unit}.json`, `100644 blob ${record}`);
  const cluster = await git(['mktree'], `040000 tree ${units}\tunits\n040000 tree ${delivery}\tdelivery\n`);
  const root = await git(
    ['mktree'],
    `040000 tree ${cluster}\t${environment}\n040000 tree ${records}\t.drydock\n`,
  );
  const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
  const commit = await git([...who, 'commit-tree', root, '-p', head], 'promote\n');
  await git([...who, 'update-ref', '--create-reflog', '-m', 'promote', ref, commit, head]);
}
