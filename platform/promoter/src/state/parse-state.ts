import type { z } from 'zod';
import {
  approvalSchema,
  checkReportSchema,
  freezeSchema,
  holdSchema,
  overrideSchema,
  type PromotionState,
  releaseSetSchema,
  requestSchema,
} from './state.ts';

/** One file of the state. */
export interface StateFile {
  readonly path: string;
  readonly data: unknown;
}

/** Puts the files of `refs/drydock/state` together. @throws ZodError when one of them is not what its path says */
export function parseState(files: readonly StateFile[]): PromotionState {
  const of = (kind: string) => files.filter(({ path }) => path.startsWith(`${kind}/`));
  return {
    approvals: listPerUnit(of('approvals'), approvalSchema),
    requests: onePerUnit(of('requests'), requestSchema),
    holds: onePerUnit(of('holds'), holdSchema),
    freezes: new Map(
      of('freezes').map(({ path, data }) => [placeOf(path).environment, freezeSchema.parse(data)]),
    ),
    overrides: onePerUnit(of('overrides'), overrideSchema),
    checks: listPerUnit(of('checks'), checkReportSchema),
    sets: of('sets').map(({ data }) => releaseSetSchema.parse(data)),
  };
}

type Nested<T> = ReadonlyMap<string, ReadonlyMap<string, T>>;

function onePerUnit<Schema extends z.ZodType>(
  files: readonly StateFile[],
  schema: Schema,
): Nested<z.infer<Schema>> {
  const lists = listPerUnit(files, schema);
  return new Map(
    [...lists].map(([environment, units]) => [
      environment,
      new Map([...units].flatMap(([unit, [first]]) => (first === undefined ? [] : [[unit, first] as const]))),
    ]),
  );
}

function listPerUnit<Schema extends z.ZodType>(
  files: readonly StateFile[],
  schema: Schema,
): Nested<readonly z.infer<Schema>[]> {
  const byEnvironment = Map.groupBy(files, ({ path }) => placeOf(path).environment);
  return new Map(
    [...byEnvironment].map(([environment, inside]) => {
      const byUnit = Map.groupBy(inside, ({ path }) => placeOf(path).unit);
      return [
        environment,
        new Map([...byUnit].map(([unit, list]) => [unit, list.map(({ data }) => schema.parse(data))])),
      ];
    }),
  );
}

/** `<kind>/<environment>/<unit>…`, the last part ending in `.json`. */
function placeOf(path: string): { readonly environment: string; readonly unit: string } {
  const [, environment = '', unit = ''] = path.replace(/\.json$/, '').split('/');
  return { environment, unit };
}
