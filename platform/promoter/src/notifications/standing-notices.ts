import { createHash } from 'node:crypto';
import { assess, placementsOf } from '../decide/placement.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { UnitRecord } from '../environments/record.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Notice, Outcome } from './notice.ts';

/** What is so at this moment, and is told once while it lasts: what waits for people, cannot enter, or is degraded. */
export function standingNotices(snapshot: Snapshot, verdicts: readonly Verdict[]): readonly Notice[] {
  const at = new Date(snapshot.now).toISOString();
  const waiting = verdicts.flatMap((verdict) => verdictNotice(verdict, at));
  const degraded = [...snapshot.records].flatMap(([environment, records]) =>
    [...records.values()].flatMap((record) => degradedNotices(snapshot, environment, record)),
  );
  return [...waiting, ...degraded];
}

function verdictNotice(verdict: Verdict, at: string): readonly Notice[] {
  const { unit, environment, candidate, action, gates, requestedBy, approvedBy } = verdict;
  if (candidate === undefined || (action !== 'wait' && action !== 'blocked')) return [];
  const failed = gates.find(({ phase }) => phase === 'failed');
  const approval = gates.find(({ type, phase }) => type === 'approval' && phase === 'pending');
  const found = failed ?? approval;
  if (found === undefined) return [];
  const outcome: Outcome = failed === undefined ? 'waiting' : 'failed';
  const id = idOf(environment, unit, candidate.id, found.type);
  const { id: release, revision } = candidate;
  const reason = found.reason;
  const common = { unit, environment, release, revision, clusters: [], at, requestedBy, approvedBy, reason };
  return [{ ...common, id: `${id}.${outcome}`, outcome }];
}

/** One notice for each move that has gone wrong, however many clusters it is degraded on. */
function degradedNotices(snapshot: Snapshot, environment: string, record: UnitRecord): readonly Notice[] {
  const { unit } = record;
  const bad = placementsOf(snapshot, record, Object.keys(record.clusters)).filter(
    (placement) => assess(placement).phase === 'failed',
  );
  return [...Map.groupBy(bad, ({ active }) => active.promotion)].flatMap(([promotion, placements]) => {
    const [first] = placements;
    if (first === undefined) return [];
    const { release, revision, requestedBy, approvedBy } = first.active;
    const clusters = placements.map(({ cluster }) => cluster);
    const at = new Date(first.observation?.since ?? snapshot.now).toISOString();
    const reason = first.observation?.message ?? '';
    const common = { unit, environment, release, revision, clusters, at, requestedBy, approvedBy, reason };
    return [{ ...common, id: `${promotion}.degraded`, outcome: 'degraded' as const }];
  });
}

function idOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
