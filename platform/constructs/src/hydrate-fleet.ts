import { folderSource, InputError, loadFleet, type Problem } from '@drydock/model';
import { loadAddonObjects } from './addon-objects.ts';
import { synthFleetObjects } from './fleet-objects.ts';
import { type SynthesizedUnit, synthFleet } from './synth.ts';

/**
 * Hydrates the fleet in a folder: one JSON value a line. `unit` for every unit and cluster, `fleet` for the fleet's
 * own objects, `done` at the end; or `problems` alone. Returns the exit code.
 */
export async function hydrateFleet(root: string, write: (line: string) => void): Promise<number> {
  try {
    const fleet = await loadFleet(folderSource(root));
    const lines: string[] = [];
    const problems: Problem[] = [];
    for (const synthesized of synthFleet(fleet, await loadAddonObjects(root, fleet))) {
      lines.push(unitLine(synthesized));
      problems.push(...synthesized.problems);
    }
    if (problems.length > 0)
      throw new InputError('the policies of the fleet refuse this revision', { problems });
    for (const line of lines) write(line);
    write(JSON.stringify({ type: 'fleet', files: synthFleetObjects(fleet) }));
    write(JSON.stringify({ type: 'done', units: lines.length }));
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    write(JSON.stringify({ type: 'problems', problems: error.problems }));
    return 1;
  }
}

function unitLine({ unit, environment, cluster, files }: SynthesizedUnit): string {
  const team = unit.kind === 'Application' ? unit.team : null;
  return JSON.stringify({
    type: 'unit',
    unit: unit.name,
    kind: unit.kind,
    team,
    environment,
    cluster,
    files,
  });
}
