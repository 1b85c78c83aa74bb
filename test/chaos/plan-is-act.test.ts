import { describe, expect, it } from 'vitest';
import { decide } from '../../platform/promoter/src/decide/decide.ts';
import { execute } from '../../platform/promoter/src/execute/execute.ts';
import { BACKENDS } from './backend.ts';
import { look } from './heal.ts';
import { operate } from './operations.ts';
import { Random } from './random.ts';
import { Simulation } from './simulation.ts';
import { firstSketch } from './strategy.ts';

const SEEDS = 40;
const PLANS = 6;

/** Brings a fleet into some state, with everything that can happen on the way. */
async function story(random: Random): Promise<Simulation> {
  const simulation = await Simulation.create(await BACKENDS.memory(), random, firstSketch(random));
  for (let count = 0; count < 6; count += 1) {
    await simulation.keepRunning(2);
    await operate(simulation, random);
    await simulation.turns.give(count === 0 ? 150 : random.below(60));
  }
  return simulation;
}

/** `<environment>/<unit>/<cluster>` → Release. */
function placesOf({ records }: Awaited<ReturnType<typeof look>>): Map<string, string> {
  const places = [...records].flatMap(([environment, units]) =>
    [...units].flatMap(([unit, { clusters }]) =>
      Object.entries(clusters).map(
        ([name, { release }]) => [`${environment}/${unit}/${name}`, release] as const,
      ),
    ),
  );
  return new Map(places);
}

describe('a plan', () => {
  it('says exactly what then happens: nothing else moves, and nothing it names stays', async () => {
    let moved = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const random = new Random(seed);
      const simulation = await story(random);
      for (const process of simulation.alive()) process.kill();
      for (let round = 0; round < PLANS; round += 1) {
        const before = await look(simulation);
        const plan = decide(before).filter(({ action }) => action === 'promote');
        const expected = placesOf(before);
        for (const { unit, environment, clusters, candidate } of plan) {
          for (const cluster of clusters) {
            const isTarget = candidate?.targets.get(environment)?.includes(cluster) === true;
            if (isTarget) expected.set(`${environment}/${unit}/${cluster}`, candidate.id);
            else expected.delete(`${environment}/${unit}/${cluster}`);
          }
        }
        const promotions = await execute(simulation.repository, before, plan, before.now);
        expect(promotions.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(plan));
        expect(promotions.length, `seed ${seed}`).toBe(plan.length);
        expect(placesOf(await look(simulation)), `seed ${seed}`).toEqual(expected);
        moved += promotions.length;
        for (const [environment, clusters] of [
          ['dev', ['dev']],
          ['staging', ['stage-a', 'stage-b']],
        ] as const) {
          for (const cluster of clusters) await simulation.sync(cluster, environment);
        }
        simulation.time.pass(11 * 60_000);
      }
    }
    expect(moved).toBeGreaterThan(SEEDS);
  });
});
