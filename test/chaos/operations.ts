import { approve } from '../../platform/promoter/src/commands/approve.ts';
import { freeze, thaw } from '../../platform/promoter/src/commands/freeze.ts';
import { hold, releaseHold } from '../../platform/promoter/src/commands/hold.ts';
import { requestPromotion } from '../../platform/promoter/src/commands/request-promotion.ts';
import { rollback } from '../../platform/promoter/src/commands/rollback.ts';
import { findTarget } from '../../platform/promoter/src/commands/target.ts';
import { decide as decideAll } from '../../platform/promoter/src/decide/decide.ts';
import type { Snapshot } from '../../platform/promoter/src/snapshot.ts';
import type { StateChange } from '../../platform/promoter/src/state/state-store.ts';
import { look } from './heal.ts';
import type { Random } from './random.ts';
import type { CrashPoint } from './scheduled-repository.ts';
import type { Simulation } from './simulation.ts';
import { APPROVERS, CLUSTERS, changedSketch, PEOPLE, UNITS } from './strategy.ts';

type Operation = (simulation: Simulation, random: Random) => Promise<void> | void;
type Decision = (current: Snapshot, at: string) => StateChange;

const ANYWHERE = { unit: 'podinfo', environment: 'prod' };
const ENVIRONMENTS = Object.keys(CLUSTERS);
const CRASHES: readonly CrashPoint[] = ['before-objects', 'before-refs', 'between-refs', 'after-refs'];
const reason = 'because of the schedule';

/** What may happen, by name, each as often as it stands here. */
const OPERATIONS: Readonly<Record<string, { readonly weight: number; readonly run: Operation }>> = {
  push: {
    weight: 5,
    run: (simulation, random) =>
      simulation.push(changedSketch(simulation.sketch, random), random.pick(PEOPLE)),
  },
  sync: {
    weight: 8,
    run: async (simulation, random) => {
      for (const [environment, clusters] of Object.entries(CLUSTERS)) {
        for (const cluster of random.some(clusters, 0.6)) await simulation.sync(cluster, environment, random);
      }
    },
  },
  lie: {
    weight: 2,
    run: ({ world, time }, random) =>
      world.lie(random.pick(Object.values(CLUSTERS).flat()), time.now(), random),
  },
  tell: { weight: 6, run: (simulation, random) => simulation.tell(random.some(simulation.alive(), 0.5)) },
  repeat: {
    weight: 2,
    run: (simulation, random) => {
      const process = random.pick(simulation.alive());
      for (let count = 0; count < 3; count += 1) process.promoter.notify();
    },
  },
  approve: {
    weight: 6,
    run: async (simulation, random) => {
      const by = random.pick([...PEOPLE, ...APPROVERS]);
      const verdicts = decideAll(await look(simulation));
      const waiting = verdicts.filter(({ gates }) => gates.some(({ type }) => type === 'approval'));
      const { unit, environment } = random.pick(waiting.length > 0 ? waiting : [ANYWHERE]);
      decide(simulation, random, (now, at) => approve(findTarget(now, unit, environment), { by, at }));
    },
  },
  request: {
    weight: 2,
    run: (simulation, random) => {
      const by = random.pick(PEOPLE);
      const [unit, environment] = [random.pick(UNITS), random.pick(ENVIRONMENTS)];
      decide(simulation, random, (now, at) =>
        requestPromotion(findTarget(now, unit, environment), { by, at }),
      );
    },
  },
  hold: {
    weight: 2,
    run: (simulation, random) => {
      const [unit, environment] = [random.pick(UNITS), random.pick(ENVIRONMENTS)];
      const by = random.pick(PEOPLE);
      decide(simulation, random, (now, at) => hold(findTarget(now, unit, environment), { by, at, reason }));
    },
  },
  releaseHold: {
    weight: 3,
    run: (simulation, random) => {
      const [unit, environment] = [random.pick(UNITS), random.pick(ENVIRONMENTS)];
      const by = random.pick(PEOPLE);
      decide(simulation, random, (now) => releaseHold(now.state, findTarget(now, unit, environment), by));
    },
  },
  rollback: {
    weight: 4,
    run: async (simulation, random) => {
      const present = decideAll(await look(simulation)).filter(({ action }) => action !== 'none');
      const { unit, environment } = random.pick(present.length > 0 ? present : [ANYWHERE]);
      const [by, anyOne, which] = [random.pick(PEOPLE), random.chance(0.5), random.next()];
      decide(simulation, random, (now, at) => {
        const target = findTarget(now, unit, environment);
        const release = target.releases[Math.floor(which * target.releases.length)];
        return rollback(target, { by, at, release: anyOne ? release?.id : undefined });
      });
    },
  },
  freeze: {
    weight: 2,
    run: (simulation, random) => {
      const [by, environment] = [random.pick(PEOPLE), random.pick(ENVIRONMENTS)];
      const ends = new Date(simulation.time.now() + random.below(1_800_000)).toISOString();
      const until = random.chance(0.5) ? ends : undefined;
      decide(simulation, random, (_now, at) => freeze(environment, { by, at, reason, until }));
    },
  },
  thaw: {
    weight: 2,
    run: (simulation, random) => {
      const [by, environment] = [random.pick(PEOPLE), random.pick(ENVIRONMENTS)];
      decide(simulation, random, (now) => thaw(now.state, environment, by));
    },
  },
  crash: {
    weight: 5,
    run: (simulation, random) => random.pick(simulation.alive()).crashAt(random.pick(CRASHES)),
  },
  kill: { weight: 2, run: (simulation, random) => random.pick(simulation.alive()).kill() },
  pass: {
    weight: 5,
    run: ({ time }, random) => time.pass(random.below(random.pick([1_000, 60_000, 900_000]))),
  },
  jump: { weight: 1, run: ({ time }, random) => time.jump(random.below(7_200_000) - 3_600_000) },
};

const NAMES = Object.entries(OPERATIONS).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));

/** Does one thing that a schedule may do, often while the clusters go on, and says which. */
export async function operate(simulation: Simulation, random: Random): Promise<string> {
  const name = random.pick(NAMES);
  await OPERATIONS[name]?.run(simulation, random);
  if (random.chance(0.5)) {
    await OPERATIONS.sync?.run(simulation, random);
    simulation.tell(random.some(simulation.alive(), 0.5));
  }
  return name;
}

/** Somebody decides something through one of the promoters; what follows goes on beside everything else. */
function decide(simulation: Simulation, random: Random, decision: Decision): void {
  void random.pick(simulation.alive()).decide(decision);
}
