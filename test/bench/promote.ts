import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { promoteByPlumbing } from './plumbing.ts';
import { PromoteFleet, unitName } from './promote-fleet.ts';

const UNITS = 1_000;
const SAMPLES = 50;
const SET = 500;
const NOOP_UNITS = 5_000;

/**
 * Measures promotion. To be reached on 2 cores: with 1,000 units in the repository, from the decision until the branch
 * has moved p50 ≤ 25 ms, p99 ≤ 100 ms and at most 3 times bare git plumbing doing the same; 500 units as one set ≤ 1 s in
 * one commit; a look at 5,000 units × 3 environments that finds nothing to do ≤ 1 s and ≤ 512 MB.
 */
export async function run(): Promise<object> {
  const fleet = await PromoteFleet.create(UNITS);
  try {
    await fleet.settle();
    const to = await fleet.repository.resolve('refs/heads/env/prod');
    await fleet.repository.commitRefs([{ ref: 'refs/heads/plumbing', from: undefined, to }], {
      reason: 'bench',
    });
    const one = await onePromotion(fleet);
    return { units: UNITS, ...one, set: await setOfMany(fleet), noop: await noop() };
  } finally {
    await fleet.remove();
  }
}

async function onePromotion(fleet: PromoteFleet): Promise<object> {
  const looks: number[] = [];
  const executions: number[] = [];
  const plumbing: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await fleet.release([sample]);
    const { moved, decided, executed } = await fleet.promote();
    if (moved !== 1) throw new Error(`expected one promotion, got ${moved}`);
    looks.push(decided);
    executions.push(executed);
    const started = performance.now();
    await promoteByPlumbing(fleet.repository, 'prod', unitName(sample));
    plumbing.push(performance.now() - started);
  }
  const [moved, bare] = [spread(executions), spread(plumbing)];
  const ratio = Math.round((moved.p50 / bare.p50) * 100) / 100;
  return { lookAndDecide: spread(looks), decisionToRefMoved: moved, barePlumbing: bare, ratio };
}

async function setOfMany(fleet: PromoteFleet): Promise<object> {
  await fleet.release(Array.from({ length: SET }, (_, unit) => unit));
  const before = await fleet.repository.resolve('refs/heads/env/dev');
  const { moved, decided, executed } = await fleet.promote();
  const after = (await fleet.repository.resolve('refs/heads/env/dev')) ?? '';
  const { parents } = await fleet.repository.readCommit(after);
  return {
    units: moved,
    commits: parents[0] === before ? 1 : undefined,
    lookAndDecide: Math.round(decided),
    decisionToRefMoved: Math.round(executed),
  };
}

async function noop(): Promise<object> {
  const fleet = await PromoteFleet.create(NOOP_UNITS);
  try {
    await fleet.settle();
    const args = [join(import.meta.dirname, 'promote-noop.ts'), fleet.folder, String(NOOP_UNITS)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return { units: NOOP_UNITS, environments: 3, ...(JSON.parse(stdout) as object) };
  } finally {
    await fleet.remove();
  }
}

function spread(samples: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99) };
}
