import { nameSchema } from '@drydock/model';
import { z } from 'zod';
import { type HydratedFleet, HydrationError } from './hydrator.ts';

const pathSchema = z
  .string()
  .max(500)
  .regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/, 'expected a relative path whose names begin with a letter or digit');
const filesSchema = z.record(pathSchema, z.string()).superRefine((files, context) => {
  const both = Object.keys(files).find((path) =>
    foldersOf(path).some((folder) => Object.hasOwn(files, folder)),
  );
  if (both !== undefined) context.addIssue(`${both} lies in a folder that is a file as well`);
});
const problemSchema = z.object({
  file: z.string(),
  line: z.number().optional(),
  path: z.string().optional(),
  message: z.string(),
  suggestion: z.string().optional(),
});

const unitSchema = z
  .object({
    type: z.literal('unit'),
    unit: nameSchema,
    kind: z.enum(['Addon', 'Application']),
    team: nameSchema.nullable(),
    environment: nameSchema,
    cluster: nameSchema,
    files: filesSchema,
  })
  .superRefine((unit, context) => {
    const foreign = Object.keys(unit.files).filter((path) => !ownsPath(unit.unit, path));
    if (foreign.length > 0)
      context.addIssue(`unit "${unit.unit}" wrote paths that are not its own: ${foreign.join(', ')}`);
  });

const lineSchema = z.discriminatedUnion('type', [
  unitSchema,
  z.object({ type: z.literal('fleet'), files: filesSchema }),
  z.object({ type: z.literal('problems'), problems: z.array(problemSchema).min(1) }),
  z.object({ type: z.literal('done'), units: z.int() }),
]);

/** One line of what a hydrating process prints. */
export type HydratedLine = z.infer<typeof lineSchema>;

/** Parses one line. The process ran pushed code, so nothing it says is taken on trust. */
export function parseHydratedLine(text: string): HydratedLine {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : 'expected a line of JSON';
    throw new HydrationError(`the revision's code wrote what cannot be used: ${why}`, { cause });
  }
}

/** Puts the lines together; a stream without its last line is refused, as it may have lost some. */
export function collectHydratedLines(lines: readonly HydratedLine[]): HydratedFleet {
  const units = lines.filter((line) => line.type === 'unit');
  const problems = lines.flatMap((line) => (line.type === 'problems' ? line.problems : []));
  if (problems.length > 0) throw new HydrationError('the revision does not validate', { problems });
  const done = lines.at(-1);
  if (done?.type !== 'done' || done.units !== units.length) {
    throw new HydrationError("the revision's code ended before everything was written");
  }
  const repeated = [...Map.groupBy(units, placeOf)].filter(([, parts]) => parts.length > 1);
  if (repeated.length > 0) {
    const places = repeated.map(([place]) => place).join(', ');
    throw new HydrationError(`the revision's code wrote some units more than once: ${places}`);
  }
  const fleet = lines.filter((line) => line.type === 'fleet').map((line) => line.files);
  return { units, fleetFiles: Object.assign({}, ...fleet) };
}

function placeOf({ unit, cluster }: { readonly unit: string; readonly cluster: string }): string {
  return `${unit} on ${cluster}`;
}

/** The folders a path lies in, the innermost first. */
function foldersOf(path: string): readonly string[] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? [] : [path.slice(0, slash), ...foldersOf(path.slice(0, slash))];
}

/** A Unit owns `delivery/<unit>.yaml` and what lies below `units/<unit>/`, and nothing else. */
function ownsPath(unit: string, path: string): boolean {
  return path === `delivery/${unit}.yaml` || path.startsWith(`units/${unit}/`);
}
