import { GitError, RefConflictError } from './git-error.ts';
import { isRefName } from './ref-name.ts';
import { runGit } from './run-git.ts';
import { removeStaleLocks } from './stale-locks.ts';

/** One ref that moves; where `from` and `to` are equal, one that must not have moved. */
export interface RefUpdate {
  readonly ref: string;
  /** Where it is to point; undefined deletes it. */
  readonly to: string | undefined;
  /** Where it must be now; undefined: it must not exist. */
  readonly from: string | undefined;
}

export interface RefTransactionOptions {
  /** For the reflog. */
  readonly reason: string;
  /** Who moved it, for the reflog. */
  readonly identity?: { readonly name: string; readonly email: string } | undefined;
}

/** How often locks that killed processes have left are looked for, before the refs count as held. */
const ATTEMPTS = 3;

const LOST =
  /cannot lock ref|is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference/;

/**
 * Moves refs by compare and swap: either every ref was where `from` says and all have moved, or none has.
 *
 * @throws RefConflictError when a ref was somewhere else or is being moved by somebody else
 * @throws GitError for anything else
 */
export async function updateRefs(
  gitDir: string,
  updates: readonly RefUpdate[],
  options: RefTransactionOptions & { readonly after?: Promise<unknown> },
): Promise<void> {
  const { after } = options;
  if (updates.length === 0) return void (await after);
  const input = ['start', ...updates.map(line), 'prepare', 'commit', ''].join('\n');
  const reason = options.reason.replace(/\s+/g, ' ').slice(0, 200);
  const name = options.identity?.name ?? 'drydock';
  const email = options.identity?.email ?? 'drydock@localhost';
  const run = () =>
    runGit([`--git-dir=${gitDir}`, 'update-ref', '--create-reflog', '-m', reason, '--stdin'], {
      input,
      after,
      env: { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email },
    });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run();
      return;
    } catch (cause) {
      if (!(cause instanceof GitError) || !LOST.test(cause.stderr)) throw cause;
      const names = updates.map(({ ref }) => ref);
      const held = cause.stderr.includes('.lock') && attempt < ATTEMPTS;
      if (held && (await removeStaleLocks(gitDir, names)) > 0) continue;
      throw new RefConflictError(`a ref moved in the meantime: ${cause.stderr.trim()}`, { cause });
    }
  }
}

function line({ ref, to, from }: RefUpdate): string {
  if (!isRefName(ref)) throw new TypeError(`not a ref name: ${JSON.stringify(ref)}`);
  if (to === from) return to === undefined ? `verify ${ref}` : `verify ${ref} ${to}`;
  if (to === undefined) return `delete ${ref} ${from}`;
  return from === undefined ? `create ${ref} ${to}` : `update ${ref} ${to} ${from}`;
}
