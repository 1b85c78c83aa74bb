import { text } from 'node:stream/consumers';
import { openRepository, type Repository, removeStaleLocks, runGit } from '@drydock/git';
import { type FleetModel, formatProblem, InputError, loadFleet } from '@drydock/model';
import { pathProblems } from '@drydock/promoter/access';
import { gitFileSource } from '@drydock/promoter/git-file-source';
import { isNone, type PushedRef, parsePushedRefs, refProblems } from './check-push.ts';

/**
 * The `pre-receive` hook of the embedded git server: what it prints is shown to whoever pushes, and unless it exits
 * with 0 nothing of the push is kept. Reads refs on standard input, the repository in GIT_DIR, the user in DRYDOCK_PUSHER.
 */
async function main(): Promise<number> {
  const repository = await openRepository(process.env.GIT_DIR ?? '.');
  try {
    const refs = parsePushedRefs(await text(process.stdin));
    const problems = await problemsOf(repository, refs, process.env.DRYDOCK_PUSHER ?? '');
    if (problems.length === 0) {
      await removeStaleLocks(
        repository.gitDir,
        refs.map(({ ref }) => ref),
      );
      return 0;
    }
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    process.stderr.write(`\ndrydock refuses this push, nothing was changed: ${count}\n`);
    process.stderr.write(problems.map((problem) => `  ${problem}\n`).join(''));
    process.stderr.write('\n');
    return 1;
  } finally {
    await repository.close();
  }
}

async function problemsOf(
  repository: Repository,
  refs: readonly PushedRef[],
  user: string,
): Promise<readonly string[]> {
  const wrongRefs = refProblems(refs);
  if (wrongRefs.length > 0) return wrongRefs;
  const main = refs.find(({ ref }) => ref === 'refs/heads/main');
  const before = await repository.resolve('refs/heads/main');
  const access = before === undefined ? undefined : (await loadOrNothing(repository, before))?.access;
  const changed =
    main === undefined || before === undefined ? [] : await changedPaths(repository, before, main.to);
  const forbidden = access === undefined ? [] : pathProblems(access, { name: user, groups: [] }, changed);
  if (forbidden.length > 0 || main === undefined || isNone(main.to)) return forbidden;
  return validate(repository, main.to);
}

async function validate(repository: Repository, revision: string): Promise<readonly string[]> {
  try {
    await loadFleet(gitFileSource(repository, revision));
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.length === 0 ? [error.message] : error.problems.map(formatProblem);
  }
}

/** Access as it was before the push, so that nobody grants themselves what they need; a broken `main` grants nothing new. */
async function loadOrNothing(repository: Repository, revision: string): Promise<FleetModel | undefined> {
  return loadFleet(gitFileSource(repository, revision)).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
}

async function changedPaths(repository: Repository, from: string, to: string): Promise<readonly string[]> {
  const args = [`--git-dir=${repository.gitDir}`, 'diff', '--name-only', '--no-renames', '-z', from, to];
  return (await runGit(args)).toString('utf8').split('\0').filter(Boolean);
}

process.exitCode = await main();
