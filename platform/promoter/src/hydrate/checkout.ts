import { mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError, type Repository, runGit, type TreeEntry } from '@drydock/git';
import { HydrationError } from './hydrator.ts';

/** What of a Revision hydration needs; the portal, the tests and the documents stay out. */
const NEEDED = ['addons', 'clusters', 'package.json', 'platform', 'workloads'];

export interface CheckoutOptions {
  readonly repository: Repository;
  readonly revision: string;
  /** Folder of ours alone; what it holds from the last time is reused. */
  readonly folder: string;
  /** Installed `node_modules`. */
  readonly modules: string;
}

/**
 * Lays the needed part of a Revision out in a folder; only files that differ from the last time are written. The
 * workspaces of the Revision stand in for the installed ones, all other packages are the installed ones.
 *
 * @returns the folder that holds the Revision
 * @throws HydrationError when the Revision holds a symlink or a submodule
 */
export async function checkout(options: CheckoutOptions): Promise<string> {
  const { repository, revision, folder } = options;
  const root = (await repository.listTree(revision)).filter(({ path }) => NEEDED.includes(path));
  await refuseLinks(repository, root);
  const tree = repository.writeTree(root);
  await repository.flush();
  const target = join(folder, 'tree');
  try {
    await readTree(repository, { tree, folder, target });
  } catch (cause) {
    if (!(cause instanceof GitError)) throw cause;
    await rm(folder, { recursive: true, force: true }); // torn by a crash: lay it out anew
    await readTree(repository, { tree, folder, target });
  }
  await linkModules(target, options.modules);
  return target;
}

interface ReadTree {
  readonly tree: string;
  readonly folder: string;
  readonly target: string;
}

async function readTree(repository: Repository, { tree, folder, target }: ReadTree): Promise<void> {
  await mkdir(target, { recursive: true });
  await rm(join(folder, 'index.lock'), { force: true });
  const args = [`--git-dir=${repository.gitDir}`, `--work-tree=${target}`, '-c', 'core.symlinks=false'];
  await runGit([...args, 'read-tree', '--reset', '-u', tree], {
    env: { GIT_INDEX_FILE: join(folder, 'index') },
  });
}

async function refuseLinks(repository: Repository, root: readonly TreeEntry[]): Promise<void> {
  const below = await Promise.all(
    root.map(async (entry) => {
      if (entry.type !== 'tree') return [entry];
      const entries = await repository.listTree(entry.oid, { recursive: true });
      return entries.map((child) => ({ ...child, path: `${entry.path}/${child.path}` }));
    }),
  );
  const links = below.flat().filter(({ type }) => type === 'symlink' || type === 'submodule');
  if (links.length === 0) return;
  const problems = links.map(({ path, type }) => ({ file: path, message: `expected a file, got a ${type}` }));
  throw new HydrationError('the revision holds links', { problems });
}

/** `node_modules` of the Revision: its own workspaces, and links to every other installed package. */
async function linkModules(target: string, modules: string): Promise<void> {
  const links = join(target, 'node_modules');
  const own = join(links, '@drydock');
  await mkdir(own, { recursive: true });
  const installed = (await readdir(modules)).filter((name) => !name.startsWith('.') && name !== '@drydock');
  await Promise.all(installed.map((name) => link(join(modules, name), join(links, name))));
  const workspaces = await readdir(join(target, 'platform')).catch(() => []);
  await Promise.all(workspaces.map((name) => link(join(target, 'platform', name), join(own, name))));
}

async function link(from: string, to: string): Promise<void> {
  const existing = await readlink(to).catch(() => undefined);
  if (existing === from) return;
  await rm(to, { force: true });
  await symlink(from, to, 'junction');
}
