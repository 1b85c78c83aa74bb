import { createHash } from 'node:crypto';
import {
  FILE_MODE,
  formatTrailers,
  type RefUpdate,
  type Repository,
  TREE_MODE,
  type TreeEdit,
} from '@drydock/git';
import type { Verdict } from '../decide/verdict.ts';
import { type EnvironmentHead, environmentRef } from '../environments/environment-store.ts';
import { type ActiveRelease, PREVIOUS, recordPath, type UnitRecord } from '../environments/record.ts';
import { type Release, releaseName } from '../releases/release.ts';
import { promoterSignature } from '../signature.ts';

/** One verdict that was carried out. */
export interface Promotion {
  readonly id: string;
  readonly verdict: Verdict;
  readonly release: Release;
  /** The commit of the environment branch that it became. */
  readonly commit: string;
}

/** A verdict to `promote`, with the Release it is about. */
interface Move {
  readonly id: string;
  readonly verdict: Verdict;
  readonly release: Release;
}

/** What the decision saw; if any of it has moved since, nothing happens. */
export interface Basis {
  readonly heads: readonly EnvironmentHead[];
  readonly guards: readonly RefUpdate[];
}

/**
 * Carries out the `promote` verdicts: builds one new commit for each Environment, then moves all environment branches
 * in one transaction. A hold, a freeze, another strategy or a move elsewhere that the decision did not see makes it fail.
 *
 * @throws RefConflictError when somebody else was faster: read and decide again
 */
export async function execute(
  repository: Repository,
  { heads, guards }: Basis,
  verdicts: readonly Verdict[],
  now: number,
): Promise<readonly Promotion[]> {
  const built = await Promise.all(heads.map((head) => buildEnvironment(repository, head, verdicts, now)));
  const moved = built.filter((environment) => environment !== undefined);
  if (moved.length === 0) return [];
  const promotions = moved.flatMap(({ promotions }) => promotions);
  const reason = promotions
    .map(({ release, verdict }) => `${release.unit} to ${verdict.environment}`)
    .join(', ');
  const updates = moved.map(({ update }) => update);
  const others = heads.map(({ environment, commit }) => ({
    ref: environmentRef(environment),
    from: commit,
    to: commit,
  }));
  const unmoved = others.filter(({ ref }) => !updates.some((update) => update.ref === ref));
  await repository.commitRefs([...updates, ...unmoved, ...guards], { reason: `promote ${reason}` });
  return promotions;
}

async function buildEnvironment(
  repository: Repository,
  head: EnvironmentHead,
  verdicts: readonly Verdict[],
  now: number,
): Promise<{ readonly update: RefUpdate; readonly promotions: readonly Promotion[] } | undefined> {
  const moves = movesInto(head, verdicts);
  if (moves.length === 0) return undefined;
  const edits = new Map<string, TreeEdit>();
  for (const move of moves) {
    for (const [path, edit] of await editsOf(repository, head, move, now)) edits.set(path, edit);
  }
  const base = head.commit === undefined ? undefined : (await repository.readCommit(head.commit)).tree;
  const tree = await repository.editTree(base, edits);
  const who = promoterSignature(now);
  const parents = head.commit === undefined ? [] : [head.commit];
  const commit = repository.writeCommit({
    tree,
    parents,
    author: who,
    committer: who,
    message: messageOf(moves),
  });
  const update = { ref: environmentRef(head.environment), from: head.commit, to: commit };
  return { update, promotions: moves.map((move) => ({ ...move, commit })) };
}

function movesInto(head: EnvironmentHead, verdicts: readonly Verdict[]): readonly Move[] {
  return verdicts.flatMap((verdict) => {
    const release = verdict.candidate;
    if (verdict.environment !== head.environment || verdict.action !== 'promote' || release === undefined)
      return [];
    return [{ id: moveId(head, verdict, release), verdict, release }];
  });
}

/** The same decision about the same head has the same id, whoever carries it out and however often. */
function moveId(head: EnvironmentHead, verdict: Verdict, release: Release): string {
  const parts = [head.commit ?? '', verdict.environment, release.id, ...verdict.clusters];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/** Replaces the Unit's own paths on the clusters that move, and its record; nobody else's path is ever named. */
async function editsOf(
  repository: Repository,
  head: EnvironmentHead,
  move: Move,
  now: number,
): Promise<Map<string, TreeEdit>> {
  const { release, verdict } = move;
  const edits = new Map<string, TreeEdit>();
  for (const cluster of verdict.clusters) {
    const source = `${release.tree}:${verdict.environment}/${cluster}`;
    const delivery = (await repository.listTree(`${source}/delivery`)).find(
      ({ path }) => path === `${release.unit}.yaml`,
    );
    const units = (await repository.listTree(`${source}/units`)).find(({ path }) => path === release.unit);
    edits.set(`${cluster}/delivery/${release.unit}.yaml`, delivery && { mode: FILE_MODE, oid: delivery.oid });
    edits.set(`${cluster}/units/${release.unit}`, units && { mode: TREE_MODE, oid: units.oid });
  }
  const record = nextRecord(head.records.get(release.unit), move, now);
  const text = `${JSON.stringify(record, undefined, 2)}\n`;
  const oid = record === undefined ? undefined : repository.writeBlob(text);
  edits.set(recordPath(release.unit), oid === undefined ? undefined : { mode: FILE_MODE, oid });
  return edits;
}

function nextRecord(record: UnitRecord | undefined, move: Move, now: number): UnitRecord | undefined {
  const { release, verdict } = move;
  const clusters = { ...record?.clusters };
  const targets = release.targets.get(verdict.environment) ?? [];
  for (const cluster of verdict.clusters) {
    if (targets.includes(cluster)) clusters[cluster] = activeRelease(move, now);
    else delete clusters[cluster];
  }
  if (Object.keys(clusters).length === 0) return undefined;
  const replaced = verdict.clusters.flatMap((cluster) => record?.clusters[cluster]?.release ?? []);
  const previous = [...new Set([...replaced, ...(record?.previous ?? [])])].filter((id) => id !== release.id);
  const sorted = Object.fromEntries(Object.entries(clusters).sort(([a], [b]) => (a < b ? -1 : 1)));
  const team = release.team === undefined ? {} : { team: release.team };
  const rejected =
    verdict.rejects === undefined ? [] : [{ ...verdict.rejects, at: new Date(now).toISOString() }];
  return {
    unit: release.unit,
    kind: release.kind,
    ...team,
    clusters: sorted,
    latest: { release: release.id, sequence: release.sequence },
    previous: previous.slice(0, PREVIOUS),
    rejected: [...rejected, ...(record?.rejected ?? [])].slice(0, PREVIOUS),
  };
}

function activeRelease({ id, release, verdict }: Move, now: number): ActiveRelease {
  return {
    release: release.id,
    revision: release.revision,
    sequence: release.sequence,
    promotion: id,
    cause: verdict.cause,
    since: new Date(now).toISOString(),
    requestedBy: verdict.requestedBy,
    approvedBy: [...verdict.approvedBy],
    gates: verdict.gates.map(({ type, reason }) => ({ type, reason })),
  };
}

function messageOf(moves: readonly Move[]): string {
  const [first] = moves;
  if (first === undefined) return '';
  const subject =
    moves.length === 1 ? describe(first) : `promote ${moves.length} units to ${first.verdict.environment}`;
  return `${subject}\n\n${moves.map(trailersOf).join('\n\n')}\n`;
}

function describe({ release, verdict }: Move): string {
  const verb = verdict.cause === 'rollback' ? 'roll back' : 'promote';
  return `${verb} ${release.unit} to ${releaseName(release)} in ${verdict.environment} (${verdict.clusters.join(', ')})`;
}

function trailersOf({ id, release, verdict }: Move): string {
  return formatTrailers({
    Promotion: id,
    Unit: release.unit,
    Release: release.id,
    Revision: release.revision,
    Clusters: verdict.clusters.join(', '),
    Cause: verdict.cause,
    'Requested-by': verdict.requestedBy,
    'Approved-by': verdict.approvedBy.join(', '),
    Rejects: verdict.rejects && `${verdict.rejects.release} ${verdict.rejects.reason}`,
    Gates: verdict.gates.map(({ type, reason }) => `${type}: ${reason}`).join('; '),
  });
}
