import type { CellView, MatrixView, VerdictView } from '@drydock/promoter';
import { describe, expect, it } from 'vitest';
import { matrixText } from './matrix.ts';
import { painter } from './paint.ts';
import { table } from './table.ts';
import { formatSpan } from './time.ts';

const plain = painter(false);

describe('a table', () => {
  it('has columns as wide as their widest cell, whatever colours the cells have', () => {
    const red = painter(true)('red', 'long red');
    expect(
      table(
        ['A', 'B'],
        [
          [red, 'x'],
          ['y', 'z'],
        ],
      )
        .split('\n')
        .map((line) => line.length),
    ).toEqual([11, 11 + (red.length - 8), 11, 0]);
  });
});

describe('a span of time', () => {
  it.each([
    [0, '0s'],
    [-5_000, '0s'],
    [4_400, '4s'],
    [60_000, '1m'],
    [3_723_000, '1h 2m'],
    [90_000_000, '1d 1h'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(formatSpan(milliseconds)).toBe(text);
  });
});

const verdict = (fields: Partial<VerdictView>): VerdictView => ({
  unit: 'app',
  environment: 'dev',
  action: 'current',
  cause: 'promotion',
  clusters: [],
  gates: [],
  reasons: [],
  approvedBy: [],
  ...fields,
});

const cell = (fields: Partial<CellView>): CellView => ({
  environment: 'dev',
  placements: [],
  verdict: verdict({}),
  ...fields,
});

const matrix = (cells: CellView[]): MatrixView => ({
  fleet: 'harbor',
  revision: 'abcdef0123456789',
  asOf: '2026-01-01T00:00:00.000Z',
  environments: cells.map(({ environment }) => ({ name: environment, after: [], clusters: [] })),
  rows: [{ unit: 'app', kind: 'Application', cells }],
  total: 1,
  page: 1,
  pageSize: 100,
});

const release = {
  id: 'r',
  unit: 'app',
  revision: 'abcdef0123456789',
  name: 'abcdef01',
  subject: 's',
  sequence: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  requestedBy: 'developer',
};

describe('the matrix', () => {
  it('shows what waits, for what and for how long', () => {
    const waiting = verdict({
      action: 'wait',
      candidate: release,
      gates: [{ type: 'soak', phase: 'pending', reason: 'healthy for less than 1h' }],
      reasons: [{ code: 'gate', message: 'soak: healthy for less than 1h' }],
      opensAt: '2026-01-01T00:20:00.000Z',
    });
    const text = matrixText(
      matrix([cell({ release, health: 'Healthy' }), cell({ environment: 'prod', verdict: waiting })]),
      plain,
    );
    expect(text).toContain('abcdef01 ● Healthy');
    expect(text).toContain('app → prod  abcdef01: soak: healthy for less than 1h (opens in 20m)');
  });

  it('is silent about units that simply have not come that far', () => {
    const early = verdict({ action: 'wait', reasons: [{ code: 'upstream', message: 'not in dev yet' }] });
    expect(matrixText(matrix([cell({ environment: 'prod', verdict: early })]), plain)).not.toContain(
      'WAITING',
    );
  });

  it('tells of an unhealthy cell once, not again for every environment that waits for it', () => {
    const bad = {
      cluster: 'dev',
      release: 'r',
      revision: 'abcdef01',
      since: '',
      cause: 'promotion',
      requestedBy: '',
      approvedBy: [],
      health: 'Degraded',
      synced: true,
      message: 'crash loop',
    } as const;
    const closed = verdict({
      action: 'wait',
      gates: [{ type: 'health', phase: 'failed', reason: 'degraded in dev' }],
      reasons: [{ code: 'gate', message: 'health: degraded in dev' }],
    });
    const cells = [
      cell({ release, health: 'Degraded', placements: [{ ...bad, approvedBy: [] }] }),
      cell({ environment: 'staging', verdict: closed }),
    ];
    const text = matrixText(matrix(cells), plain);
    expect(text).toContain('app → dev  dev: crash loop');
    expect(text).not.toContain('app → staging');
  });

  it('says why the newest revision is not hydrated', () => {
    const hydration = {
      revision: 'abcdef0123',
      message: 'it does not validate',
      problems: ['a.yaml:3: spec: wrong'],
    };
    expect(matrixText({ ...matrix([]), rows: [], hydration }, plain)).toContain('a.yaml:3: spec: wrong');
  });
});
