import { parseTrailers, type Repository } from '@drydock/git';
import type { Notice } from './notice.ts';

/** Commits that are walked back at most; whoever has missed more is not told of all of it. */
const FAR = 1_000;

/** What one commit of an environment branch has moved. */
export interface PromotedCommit {
  readonly commit: string;
  readonly notices: readonly Notice[];
}

/**
 * The promotions of an environment branch after a commit, or of all of it, the oldest first: its history is the outbox, so nothing that
 * has moved can be missing from it.
 *
 * @returns undefined when the commit is not found on the way back
 */
export async function promotionsSince(
  repository: Repository,
  environment: string,
  { head, since }: { readonly head: string; readonly since: string | undefined },
): Promise<readonly PromotedCommit[] | undefined> {
  const commits: PromotedCommit[] = [];
  let at: string | undefined = head;
  while (at !== undefined && at !== since) {
    if (commits.length >= FAR) return undefined;
    const { message, committer, parents }: Awaited<ReturnType<Repository['readCommit']>> =
      await repository.readCommit(at);
    const time = new Date(committer.at).toISOString();
    commits.unshift({ commit: at, notices: noticesOf(message, environment, time) });
    at = parents[0];
  }
  return at === since ? commits : undefined;
}

/** One paragraph of trailers for each Unit that the commit moved; see the `execute` folder. */
function noticesOf(message: string, environment: string, at: string): readonly Notice[] {
  const paragraphs = message.trimEnd().split('\n\n').slice(1);
  return paragraphs.flatMap((paragraph) => {
    const trailers = parseTrailers(paragraph);
    const { Promotion: promotion, Unit: unit, Release: release, Revision: revision } = trailers;
    if (promotion === undefined || unit === undefined || release === undefined) return [];
    const outcome = trailers.Cause === 'rollback' ? ('rolled-back' as const) : ('promoted' as const);
    const notice: Notice = {
      id: `${promotion}.${outcome}`,
      outcome,
      unit,
      environment,
      release,
      revision: revision ?? '',
      clusters: list(trailers.Clusters),
      at,
      requestedBy: trailers['Requested-by'] ?? '',
      approvedBy: list(trailers['Approved-by']),
      reason: '',
    };
    return [notice];
  });
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '').split(', ').filter(Boolean);
}
