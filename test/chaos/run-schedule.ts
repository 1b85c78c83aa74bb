import { BACKENDS, type BackendName } from './backend.ts';
import { checkEnd } from './check-end.ts';
import { heal } from './heal.ts';
import { operate } from './operations.ts';
import { Random } from './random.ts';
import { Simulation } from './simulation.ts';
import { CLUSTERS, changedSketch, firstSketch } from './strategy.ts';

export interface ScheduleOptions {
  readonly seed: number;
  readonly operations: number;
  /** How many promoters run at once. */
  readonly promoters: number;
  readonly backend: BackendName;
}

export interface ScheduleResult {
  readonly seed: number;
  readonly promoters: number;
  readonly operations: readonly string[];
  readonly promotions: number;
  readonly violations: readonly string[];
}

/** How many promoters are enough to bring everything to its end. */
const ENOUGH = 3;

/** One story, told by its seed: things happen while promoters work and die; then everything must come right. */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  const random = new Random(options.seed);
  const backend = await BACKENDS[options.backend]();
  const operations: string[] = [];
  try {
    const simulation = await Simulation.create(backend, random, firstSketch(random));
    if (random.chance(0.7)) await warmUp(simulation, random);
    for (let count = 0; count < options.operations; count += 1) {
      await simulation.keepRunning(options.promoters);
      operations.push(await operate(simulation, random));
      await simulation.turns.give(random.below(random.pick([10, 100, 20 * options.promoters])));
      simulation.time.pass(random.below(40));
      if (random.chance(0.3)) await simulation.rest();
    }
    await simulation.keepRunning(options.promoters);
    await simulation.rest();
    for (const process of simulation.alive().slice(ENOUGH)) process.kill();
    for (const process of simulation.alive()) process.crashAt(undefined);
    await simulation.keepRunning(Math.min(ENOUGH, options.promoters));
    await heal(simulation);
    await checkEnd(simulation, backend);
    const promotions = Object.keys(CLUSTERS).flatMap((name) => simulation.oracle.promotions(name)).length;
    const { seed, promoters } = options;
    return { seed, promoters, operations, promotions, violations: simulation.violations };
  } finally {
    await backend.remove();
  }
}

/** Many stories begin where everything is everywhere, and something new has just been pushed. */
async function warmUp(simulation: Simulation, random: Random): Promise<void> {
  await simulation.keepRunning(1);
  await heal(simulation);
  await simulation.push(changedSketch(simulation.sketch, random), 'ben');
}
