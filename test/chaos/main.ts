import { parseArgs } from 'node:util';
import type { BackendName } from './backend.ts';
import { Random } from './random.ts';
import { runSchedule, type ScheduleResult } from './run-schedule.ts';

/**
 * `npm run chaos -- --schedules N --operations M --promoters P --seed S [--repository memory|git]`: N schedules with M
 * operations together, each with up to P promoters, from seed S on. Prints JSON; a schedule that breaks a promise is
 * printed at once, and run again with `--seed <its seed> --schedules 1`.
 */
const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '100' },
    operations: { type: 'string' },
    promoters: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    repository: { type: 'string', default: 'memory' },
  },
});
const schedules = Number(values.schedules);
const operations = Number(values.operations ?? schedules * 10);
const first = Number(values.seed);
const most = Number(values.promoters);
const backend: BackendName = values.repository === 'git' ? 'git' : 'memory';
const started = performance.now();
const failed: ScheduleResult[] = [];
let promotions = 0;
let done = 0;

for (let index = 0; index < schedules; index += 1) {
  const seed = first + index;
  const promoters = new Random(seed).pick([1, 2, 3, 5, 8, 16, 32, 32].filter((count) => count <= most));
  const result = await runSchedule({ seed, promoters, operations: share(index), backend });
  promotions += result.promotions;
  done += result.operations.length;
  if (result.violations.length === 0) continue;
  failed.push(result);
  process.stderr.write(`${JSON.stringify(result)}\n`);
}
const seconds = Math.round((performance.now() - started) / 100) / 10;
const seeds = [first, first + schedules - 1];
const violations = failed.map(({ seed, violations: [what] }) => ({ seed, what }));
const result = {
  schedules,
  operations: done,
  promoters: most,
  repository: backend,
  seeds,
  promotions,
  seconds,
};
process.stdout.write(`${JSON.stringify({ ...result, violations }, undefined, 2)}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** The operations of one schedule, so that all of them together are as many as asked for. */
function share(index: number): number {
  return Math.floor(((index + 1) * operations) / schedules) - Math.floor((index * operations) / schedules);
}
