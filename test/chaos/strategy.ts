import type { SketchInput } from '../../platform/promoter/src/testing/sketch.ts';
import type { Random } from './random.ts';

type EnvironmentInput = SketchInput['environments'][number];
type UnitInput = SketchInput['units'][string];

/** Environment → its clusters, for all schedules. */
export const CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  dev: ['dev'],
  staging: ['stage-a', 'stage-b'],
  prod: ['eu', 'us', 'ap'],
};
export const UNITS = ['podinfo', 'checkout', 'billing', 'search'] as const;
/** People who push and decide. */
export const PEOPLE = ['anna', 'ben', 'carla', 'dora'] as const;
/** People who never push nor ask, so that their approval counts. */
export const APPROVERS = ['yan', 'zoe'] as const;

/** The fleet that a schedule starts with. */
export function firstSketch(random: Random): SketchInput {
  const units = UNITS.slice(0, 1 + random.below(UNITS.length));
  return {
    environments: randomStrategy(random),
    units: Object.fromEntries(units.map((unit) => [unit, randomUnit(random)])),
  };
}

/** dev → staging → prod with some gates and waves. */
export function randomStrategy(random: Random): readonly EnvironmentInput[] & SketchInput['environments'] {
  const waves = [[], [['eu'], ['us']], [['eu'], ['us', 'ap']], [['us', 'ap']]];
  return [
    { name: 'dev', waves: [] },
    { name: 'staging', after: ['dev'], gates: randomGates(random), waves: random.pick([[], [['stage-a']]]) },
    { name: 'prod', after: ['staging'], gates: randomGates(random), waves: random.pick(waves) },
  ];
}

/** The next state of a fleet: some new contents, sometimes a Unit more or less, other targets, or other gates. */
export function changedSketch(sketch: SketchInput, random: Random): SketchInput {
  const units = new Map(Object.entries(sketch.units));
  for (const [unit, known] of units) {
    if (random.chance(0.6)) units.set(unit, { ...known, content: randomContent(random) });
    if (random.chance(0.15)) units.set(unit, { ...randomUnit(random), content: known.content });
    if (random.chance(0.08)) units.delete(unit);
  }
  const unit = random.pick(UNITS);
  if (random.chance(0.2) || units.size === 0) units.set(unit, randomUnit(random));
  const environments = random.chance(0.25) ? randomStrategy(random) : sketch.environments;
  return { environments, units: Object.fromEntries(units) };
}

function randomGates(random: Random): NonNullable<EnvironmentInput['gates']> {
  const soak = { type: 'soak', for: random.pick(['1m', '10m']) } as const;
  const approval = {
    type: 'approval',
    count: random.pick([1, 2]),
    ...(random.chance(0.3) && { expires: '30m' }),
  } as const;
  return [
    ...(random.chance(0.8) ? [{ type: 'health' } as const] : []),
    ...(random.chance(0.4) ? [soak] : []),
    ...(random.chance(0.5) ? [approval] : []),
  ];
}

function randomUnit(random: Random): UnitInput {
  const targets = Object.entries(CLUSTERS).flatMap(([environment, clusters]) => {
    if (random.chance(0.12)) return [];
    const some = random.some(clusters, 0.8);
    return some.length === 0 ? [] : [[environment, [...some]] satisfies [string, string[]]];
  });
  return { content: randomContent(random), targets: Object.fromEntries(targets) };
}

function randomContent(random: Random): string {
  return `content: ${random.below(1_000_000)}\n`;
}
