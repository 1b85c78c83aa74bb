import { parseTrailers, type Repository, runGit } from '@drydock/git';
import { environmentRef } from '../environments/environment-store.ts';
import { STATE_REF } from '../state/state-store.ts';
import type { AuditEntryView, HistoryEntryView } from './view-schemas.ts';

export interface HistoryQuery {
  readonly environments: readonly string[];
  readonly unit?: string | undefined;
  readonly limit: number;
}

interface LoggedCommit {
  readonly oid: string;
  readonly at: string;
  readonly message: string;
}

/** What moved, the latest first: read from the environment branches, which are the audit log. */
export async function history(
  repository: Repository,
  query: HistoryQuery,
): Promise<readonly HistoryEntryView[]> {
  const paths = query.unit === undefined ? [] : ['--', `.drydock/${query.unit}.json`];
  const lists = await Promise.all(
    query.environments.map(async (environment) => {
      const commits = await log(repository, environmentRef(environment), query.limit, paths);
      return commits.flatMap((commit) => entriesOf(commit, environment));
    }),
  );
  const entries = lists.flat().filter(({ unit }) => query.unit === undefined || unit === query.unit);
  return entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, query.limit);
}

/** What people decided, the latest first. */
export async function audit(repository: Repository, limit: number): Promise<readonly AuditEntryView[]> {
  const commits = await log(repository, STATE_REF, limit, []);
  return commits.map(({ oid, at, message }) => {
    const { By: by = '', ...details } = parseTrailers(message);
    return { at, commit: oid, by, subject: message.split('\n')[0] ?? '', details };
  });
}

async function log(
  repository: Repository,
  ref: string,
  limit: number,
  paths: readonly string[],
): Promise<readonly LoggedCommit[]> {
  if ((await repository.resolve(ref)) === undefined) return [];
  const args = ['log', '--first-parent', `--max-count=${limit}`, '-z', '--format=%H%n%cI%n%B', ref, ...paths];
  const output = (await runGit([`--git-dir=${repository.gitDir}`, ...args])).toString('utf8');
  return output
    .split('\0')
    .filter(Boolean)
    .map((text) => {
      const [oid = '', at = '', ...message] = text.split('\n');
      return { oid, at: new Date(at).toISOString(), message: message.join('\n') };
    });
}

/** One paragraph of trailers for each Unit that the commit moved. */
function entriesOf({ oid, at, message }: LoggedCommit, environment: string): readonly HistoryEntryView[] {
  const paragraphs = message.trimEnd().split('\n\n').slice(1);
  return paragraphs.map((paragraph) => {
    const trailers = parseTrailers(paragraph);
    return {
      at,
      commit: oid,
      environment,
      promotion: trailers.Promotion ?? '',
      unit: trailers.Unit ?? '',
      release: trailers.Release ?? '',
      revision: trailers.Revision ?? '',
      clusters: list(trailers.Clusters),
      cause: trailers.Cause === 'rollback' ? 'rollback' : 'promotion',
      requestedBy: trailers['Requested-by'] ?? '',
      approvedBy: list(trailers['Approved-by']),
      gates: trailers.Gates ?? '',
    };
  });
}

function list(text: string | undefined): string[] {
  return (text ?? '').split(', ').filter(Boolean);
}
