import { FILE_MODE, RefConflictError, type Repository, runGit, type TreeEdit } from '@drydock/git';
import {
  ConflictError,
  ForbiddenError,
  InputError,
  loadFleet,
  NotFoundError,
  UnavailableError,
} from '@drydock/model';
import { pathProblems } from '../access/check-paths.ts';
import type { Identity } from '../access/identity.ts';
import { gitFileSource } from '../git-file-source.ts';
import { personSignature } from '../signature.ts';

/** A file as it is to be. */
export interface FileChange {
  readonly path: string;
  /** null removes it. */
  readonly content: string | null;
  /** Refuse to replace a file that exists. */
  readonly mustBeNew: boolean;
}

export interface ChangeFiles {
  readonly by: Identity;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** One line. */
  readonly message: string;
  readonly files: readonly FileChange[];
  /** The Revision the change was made against. Default: whatever main is. */
  readonly base?: string | undefined;
  /** A new branch for the commit. Default: main. */
  readonly branch?: string | undefined;
  readonly dryRun: boolean;
}

export interface ChangedFiles {
  readonly branch: string;
  readonly revision?: string;
  readonly patch: string;
}

const MAIN = 'refs/heads/main';
const ATTEMPTS = 8;
const DATA_PATH = /^(addons|clusters|workloads)(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** Whether a path is one of data, that can be changed without a clone: never code. */
export function isDataPath(path: string): boolean {
  return DATA_PATH.test(path) && !/\.(ts|js|mjs|cjs|json)$/.test(path);
}

/**
 * Changes files of the fleet in one commit, and checks the whole fleet as it would then be before anything moves.
 *
 * @throws ForbiddenError for paths the user may not change
 * @throws ConflictError when a file changed since `base`, exists already, or the branch exists
 * @throws InputError with every problem of the fleet as it would be
 */
export async function changeFiles(repository: Repository, change: ChangeFiles): Promise<ChangedFiles> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const head = await repository.resolve(MAIN);
    if (head === undefined) throw new UnavailableError('there is no main yet');
    await checkAccess(repository, head, change);
    await checkConflicts(repository, head, change);
    const commit = await writeChange(repository, head, change);
    await loadFleet(gitFileSource(repository, commit));
    const patch = await patchOf(repository, head, commit);
    if (patch === '') throw new ConflictError('the files are like that already');
    const branch = change.branch ?? 'main';
    if (change.dryRun) return { branch, patch };
    if (await move(repository, head, commit, change)) return { branch, revision: commit, patch };
  }
  throw new UnavailableError('main moves too fast, try again');
}

/** Access as it is before the change, so that nobody grants themselves what they need. */
async function checkAccess(repository: Repository, head: string, { by, files }: ChangeFiles): Promise<void> {
  const { access } = await loadFleet(gitFileSource(repository, head)).catch((cause) => {
    if (!(cause instanceof InputError)) throw cause;
    throw new ConflictError('main does not validate now, so nothing can be built on it; mend it by a push', {
      cause,
    });
  });
  const problems = pathProblems(
    access,
    by,
    files.map(({ path }) => path),
  );
  if (problems.length > 0) throw new ForbiddenError(problems.join('; '));
  const stray = files.find(({ path }) => !isDataPath(path));
  if (stray !== undefined) throw new InputError(`${stray.path} is not a file of data`);
}

async function checkConflicts(
  repository: Repository,
  head: string,
  { files, base }: ChangeFiles,
): Promise<void> {
  const known = base === undefined ? head : await repository.resolve(base);
  if (known === undefined) throw new NotFoundError(`no revision "${base}"`);
  for (const { path, mustBeNew } of files) {
    const now = await repository.readFile(`${head}:${path}`);
    if (mustBeNew && now !== undefined) throw new ConflictError(`${path} exists already`);
    const before = await repository.readFile(`${known}:${path}`);
    if (String(before) !== String(now)) throw new ConflictError(`${path} has changed in the meantime`);
  }
}

async function writeChange(repository: Repository, head: string, change: ChangeFiles): Promise<string> {
  const edits = new Map(
    change.files.map(({ path, content }): [string, TreeEdit] => [
      path,
      content === null ? undefined : { mode: FILE_MODE, oid: repository.writeBlob(content) },
    ]),
  );
  const { tree } = await repository.readCommit(head);
  const signature = personSignature(change.by.name, change.now);
  const commit = repository.writeCommit({
    tree: await repository.editTree(tree, edits),
    parents: [head],
    author: signature,
    committer: signature,
    message: `${change.message}\n`,
  });
  await repository.flush();
  return commit;
}

/** @returns whether it moved; false when somebody else was faster */
async function move(
  repository: Repository,
  head: string,
  commit: string,
  { branch, message, by }: ChangeFiles,
): Promise<boolean> {
  const update =
    branch === undefined
      ? { ref: MAIN, from: head, to: commit }
      : { ref: `refs/heads/${branch}`, from: undefined, to: commit };
  try {
    const { name, email } = personSignature(by.name, 0);
    await repository.commitRefs([update], { reason: message, identity: { name, email } });
    return true;
  } catch (error) {
    if (!(error instanceof RefConflictError)) throw error;
    if (branch !== undefined)
      throw new ConflictError(`the branch ${branch} exists already`, { cause: error });
    return false;
  }
}

async function patchOf(repository: Repository, from: string, to: string): Promise<string> {
  const args = ['diff', '--no-color', '--no-ext-diff', '--no-textconv', from, to];
  return (await runGit([`--git-dir=${repository.gitDir}`, ...args])).toString('utf8');
}
