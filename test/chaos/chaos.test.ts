import { describe, expect, it } from 'vitest';
import type { BackendName } from './backend.ts';
import { Random } from './random.ts';
import { runSchedule } from './run-schedule.ts';

/** A small part; `npm run chaos` runs as many as are wanted. */
const PARTS: readonly {
  readonly backend: BackendName;
  readonly promoters: readonly number[];
  readonly schedules: number;
}[] = [
  { backend: 'memory', promoters: [1, 2, 3, 8, 32], schedules: 60 },
  { backend: 'git', promoters: [2], schedules: 2 },
];

describe('many promoters on one repository, killed at any write', () => {
  it.each(PARTS)(
    'lose, double and hurry nothing in $schedules schedules ($backend)',
    async ({ backend, promoters, schedules }) => {
      for (let seed = 1; seed <= schedules; seed += 1) {
        const options = { seed, operations: 10, promoters: new Random(seed).pick(promoters), backend };
        const { violations, operations } = await runSchedule(options);
        expect(violations, `seed ${seed}: ${operations.join(', ')}`).toEqual([]);
      }
    },
    120_000,
  );

  it('tell the same story for the same seed', async () => {
    const options = { seed: 7, operations: 30, promoters: 8, backend: 'memory' } as const;
    expect(await runSchedule(options)).toEqual(await runSchedule(options));
  });
});
