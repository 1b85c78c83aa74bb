import type { CellView, GrantView, MatrixView, RowView, WhoAmIView } from '@drydock/plugin-promotion-common';

/** A unit in an environment that somebody can do something about. */
export interface Waiting {
  readonly unit: string;
  readonly cell: CellView;
  readonly why: 'approve' | 'look';
}

/** What waits for a user: approvals they may give, and their own units that are not well. */
export function waitsForMe(matrix: MatrixView, me: WhoAmIView): readonly Waiting[] {
  return matrix.rows.flatMap(row =>
    row.cells.flatMap((cell): readonly Waiting[] => {
      if (waitsForApproval(cell) && mayApprove(row, cell, me)) {
        return [{ unit: row.unit, cell, why: 'approve' }];
      }
      const unwell = cell.health === 'Degraded' || cell.health === 'Missing';
      return unwell && isMine(row, me.grants) ? [{ unit: row.unit, cell, why: 'look' }] : [];
    }),
  );
}

function waitsForApproval({ verdict }: CellView): boolean {
  const closed = verdict.gates.filter(({ phase }) => phase !== 'passed');
  return closed.length > 0 && closed.every(({ type }) => type === 'approval');
}

function mayApprove({ team }: RowView, { environment, verdict }: CellView, me: WhoAmIView): boolean {
  const own = [verdict.requestedBy, verdict.candidate?.requestedBy].includes(me.name);
  const granted = me.grants.some(
    ({ role, teams, environments }) =>
      role === 'admin' ||
      (role === 'approver' &&
        (environments === undefined || environments.includes(environment)) &&
        (teams === undefined || (team !== undefined && teams.includes(team)))),
  );
  return granted && !own && !verdict.approvedBy.includes(me.name);
}

function isMine({ team }: RowView, grants: readonly GrantView[]): boolean {
  return grants.some(
    ({ role, teams }) =>
      role === 'admin' ||
      (role === 'deployer' && (teams === undefined || (team !== undefined && teams.includes(team)))),
  );
}
