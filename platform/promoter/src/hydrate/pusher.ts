import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '@drydock/git';

/**
 * Who brought a Revision to `main`: the identity in the reflog, which the git server writes together with the ref, so
 * that it is known even if everything stops right after the push. In a clone, which has no such entry, it is the
 * committer.
 */
export async function pusherOf(repository: Repository, revision: string): Promise<string> {
  const reflog = await readFile(join(repository.gitDir, 'logs/refs/heads/main'), 'utf8').catch(() => '');
  const line = reflog.split('\n').findLast((entry) => entry.split(' ', 2)[1] === revision);
  const name = line === undefined ? undefined : /^\S+ \S+ (.*?) </.exec(line)?.[1];
  return name || (await repository.readCommit(revision)).committer.name;
}
