import type { Repository } from '@drydock/git';

/**
 * Who brought a Revision to `main`: the identity in the reflog, which the git server writes together with the ref, so
 * that it is known even if everything stops right after the push. In a clone, which has no such entry, it is the
 * committer.
 */
export async function pusherOf(repository: Repository, revision: string): Promise<string> {
  const name = await repository.whoMoved('refs/heads/main', revision);
  return name || (await repository.readCommit(revision)).committer.name;
}
