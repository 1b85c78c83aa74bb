import { decide } from '../decide/decide.ts';
import { assess, placementsOf } from '../decide/placement.ts';
import type { Verdict } from '../decide/verdict.ts';
import { type Release, releaseName } from '../releases/release.ts';
import type { Snapshot } from '../snapshot.ts';
import { WHOLE_FLEET } from '../state/state.ts';
import type {
  CellView,
  MatrixView,
  PlacementView,
  ReleaseView,
  RowView,
  VerdictView,
} from './view-schemas.ts';

export interface MatrixQuery {
  readonly page: number;
  readonly pageSize: number;
  /** Part of a unit's name. */
  readonly search?: string | undefined;
  readonly team?: string | undefined;
  readonly kind?: 'Addon' | 'Application' | undefined;
  /** Only units of which some cell has this action. */
  readonly action?: Verdict['action'] | undefined;
}

/** The worse, the further left; a cell shows the worst of its clusters. */
const SEVERITY = ['Degraded', 'Missing', 'Unknown', 'Progressing', 'Suspended', 'Healthy'] as const;

/** The matrix Unit × Environment: what is where, and what waits for what. */
export function matrix(snapshot: Snapshot, query: MatrixQuery): Omit<MatrixView, 'hydration'> {
  const byUnit = Map.groupBy(decide(snapshot), ({ unit }) => unit);
  const rows = [...byUnit].map(([unit, verdicts]) => rowOf(snapshot, unit, verdicts));
  const wanted = rows.filter((row) => matches(row, query));
  const from = (query.page - 1) * query.pageSize;
  return {
    ...(snapshot.fleet && { fleet: snapshot.fleet.name }),
    ...(snapshot.revision && { revision: snapshot.revision }),
    asOf: new Date(snapshot.now).toISOString(),
    environments: environmentsOf(snapshot),
    rows: wanted.slice(from, from + query.pageSize),
    total: wanted.length,
    page: query.page,
    pageSize: query.pageSize,
  };
}

/** One Unit in every Environment. */
export function rowOf(snapshot: Snapshot, unit: string, verdicts: readonly Verdict[]): RowView {
  const newest = snapshot.releases.get(unit)?.[0];
  const team = newest?.team;
  return {
    unit,
    kind: newest?.kind ?? 'Application',
    ...(team && { team }),
    cells: verdicts.map((verdict) => cellOf(snapshot, verdict)),
  };
}

function environmentsOf(snapshot: Snapshot): MatrixView['environments'] {
  return snapshot.environments.map(({ name, after }) => {
    const freeze = snapshot.state.freezes.get(name) ?? snapshot.state.freezes.get(WHOLE_FLEET);
    const clusters = snapshot.fleet?.clusters.filter(({ environment }) => environment === name) ?? [];
    return { name, after, clusters: clusters.map((cluster) => cluster.name), ...(freeze && { freeze }) };
  });
}

function matches({ unit, kind, team, cells }: RowView, query: MatrixQuery): boolean {
  return (
    (query.search === undefined || unit.includes(query.search)) &&
    (query.team === undefined || team === query.team) &&
    (query.kind === undefined || kind === query.kind) &&
    (query.action === undefined || cells.some(({ verdict }) => verdict.action === query.action))
  );
}

function cellOf(snapshot: Snapshot, verdict: Verdict): CellView {
  const { unit, environment } = verdict;
  const record = snapshot.records.get(environment)?.get(unit);
  const placements = record === undefined ? [] : placementsOf(snapshot, record, Object.keys(record.clusters));
  const views = placements.map((placement): PlacementView => {
    const { active, observation, cluster } = placement;
    const exact = observation !== undefined && observation.promotion === active.promotion;
    const message =
      exact && observation.health === 'Healthy'
        ? undefined
        : (observation?.message ?? assess(placement).reason);
    return {
      cluster,
      release: active.release,
      revision: active.revision,
      since: active.since,
      cause: active.cause,
      requestedBy: active.requestedBy,
      approvedBy: active.approvedBy,
      health: exact
        ? observation.health
        : observation === undefined || observation.health === 'Unknown'
          ? 'Unknown'
          : 'Progressing',
      synced: exact && observation.synced,
      ...(message && { message }),
    };
  });
  const newest = placements.map(({ active }) => active).toSorted((a, b) => b.sequence - a.sequence)[0];
  const release = snapshot.releases.get(unit)?.find(({ id }) => id === newest?.release);
  const hold = snapshot.state.holds.get(environment)?.get(unit);
  const health = SEVERITY.find((status) => views.some((view) => view.health === status));
  return {
    environment,
    placements: views,
    verdict: verdictViewOf(verdict),
    ...(release && { release: releaseViewOf(release) }),
    ...(health && { health }),
    ...(newest && { since: newest.since }),
    ...(hold && { hold }),
  };
}

export function verdictViewOf(verdict: Verdict): VerdictView {
  const { candidate, opensAt, requestedBy, gates } = verdict;
  return {
    unit: verdict.unit,
    environment: verdict.environment,
    action: verdict.action,
    cause: verdict.cause,
    clusters: [...verdict.clusters],
    gates: gates.map(({ type, phase, reason, opensAt: at }) => ({
      type,
      phase,
      reason,
      ...(at && { opensAt: iso(at) }),
    })),
    reasons: verdict.reasons.map((reason) => ({ ...reason })),
    approvedBy: [...verdict.approvedBy],
    ...(candidate && { candidate: releaseViewOf(candidate) }),
    ...(opensAt && { opensAt: iso(opensAt) }),
    ...(requestedBy && { requestedBy }),
  };
}

export function releaseViewOf(release: Release): ReleaseView {
  const { id, unit, revision, subject, sequence, requestedBy } = release;
  return {
    id,
    unit,
    revision,
    name: releaseName(release),
    subject,
    sequence,
    createdAt: iso(release.createdAt),
    requestedBy,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
