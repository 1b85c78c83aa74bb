import { buildFleet } from './build-fleet.ts';
import { checkFleet } from './check-fleet.ts';
import { formatProblem, InputError, type Problem } from './errors.ts';
import type { FileSource } from './file-source.ts';
import { readFleetFiles } from './fleet-files.ts';
import type { FleetModel } from './fleet-model.ts';
import { deepFreeze } from './freeze.ts';

/** What of a fleet to read. */
export interface LoadOptions {
  /**
   * Only these applications, beside everything else; the others exist by name only. For work on a few units of many:
   * what is between applications that are not read is not checked.
   *
   * @default all
   */
  readonly applications?: ReadonlySet<string>;
}

/**
 * Reads a fleet and checks it.
 *
 * @throws InputError with every problem found, in order of file and line.
 */
export async function loadFleet(source: FileSource, options: LoadOptions = {}): Promise<FleetModel> {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => {
    if (!problems.some((known) => formatProblem(known) === formatProblem(problem))) problems.push(problem);
  };
  const files = await readFleetFiles(source, report, options.applications);
  const fleet = buildFleet(files, report);
  checkFleet(fleet, files, report);
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    throw new InputError(`found ${count} in the files of the fleet`, { problems: problems.sort(byPlace) });
  }
  return deepFreeze(fleet);
}

function byPlace(left: Problem, right: Problem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return (left.line ?? 0) - (right.line ?? 0);
}
